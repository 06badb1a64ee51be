import { constants } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { finishUpgrade } from '../database/copyBeforeUpgrade.js'
import { IDENTITY } from '../database/labIdentity.js'
import { openDataFolder } from '../database/openDataFolder.js'
import { MANIFEST, readManifest } from './BackupManifest.js'
import { checkDataFolder, type FolderReport } from './checkDataFolder.js'
import { UpkeepError } from './UpkeepError.js'

export interface RestoreOptions {
  /** Folder that a backup made, a copy of a data folder, or the copy of a database that an upgrade left. */
  readonly backup: string
  readonly dataFolder: string
  /** Whether a lab that is there gives way; it is kept aside. */
  readonly replace: boolean
}

export interface Restored {
  readonly report: FolderReport
  /** Where what was there is kept; null where nothing was. */
  readonly aside: string | null
}

/** What makes a lab; the last two belong to the database while it is open. The next start gives what is restored a name of its own. */
const PARTS = ['hourglass.db', 'runs', 'components', 'trash', 'launchers.key', IDENTITY, 'hourglass.db-wal', 'hourglass.db-shm']
const RESTORING = '.restoring'

/**
 * Makes a data folder of a backup, and checks it. Throws an UpkeepError where there is no backup or a lab is in the way, and a StartupError where a server
 * uses the folder.
 */
export async function restoreBackup({ backup, dataFolder, replace }: RestoreOptions): Promise<Restored> {
  const kept = await partsOf(backup)
  if (!replace && (await holdsLab(dataFolder))) {
    throw new UpkeepError(
      `${dataFolder}: expected an empty folder, got one that holds a lab. Name another one, or add --replace: what is there is kept aside.`,
    )
  }
  const folder = await openDataFolder(dataFolder)
  try {
    const incoming = join(dataFolder, RESTORING)
    await rm(incoming, { recursive: true, force: true })
    await mkdir(incoming)
    for (const { from, name } of kept) await cp(from, join(incoming, name), { recursive: true, mode: constants.COPYFILE_FICLONE })
    // An upgrade's copy is of the database alone: the files stay.
    const names = kept.map(({ name }) => name)
    const replaced = names.includes('runs') ? PARTS : PARTS.filter((name) => name.startsWith('hourglass.db') || name === IDENTITY)
    const aside = await moveAside(dataFolder, replaced)
    await finishUpgrade(folder)
    for (const name of names) await rename(join(incoming, name), join(dataFolder, name))
    await rm(incoming, { recursive: true })
    return { report: await checkDataFolder(dataFolder), aside }
  } finally {
    folder.release()
  }
}

async function partsOf(backup: string): Promise<readonly { readonly from: string; readonly name: string }[]> {
  const info = await stat(backup).catch(() => null)
  if (!info) throw new UpkeepError(`${backup}: expected a backup, got nothing of the name.`)
  if (info.isFile()) return [{ from: backup, name: 'hourglass.db' }]
  const names = await readdir(backup)
  if (!names.includes('hourglass.db') || !names.includes('runs')) {
    throw new UpkeepError(`${backup}: expected a backup with hourglass.db and runs, got a folder without.`)
  }
  if (names.includes(MANIFEST) && (await readManifest(backup)).selection) {
    throw new UpkeepError(`${backup}: expected a backup of a whole lab, got an archive of some runs. Import it into a lab instead.`)
  }
  const wanted = ['hourglass.db', 'hourglass.db-wal', 'runs', 'components', 'launchers.key']
  return wanted.flatMap((name) => (names.includes(name) ? [{ from: join(backup, name), name }] : []))
}

async function holdsLab(dataFolder: string): Promise<boolean> {
  const names: readonly string[] = await readdir(dataFolder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (names.includes('hourglass.db')) return true
  return names.includes('runs') && (await readdir(join(dataFolder, 'runs'))).length > 0
}

/** Moves parts of a lab into a folder of the moment; returns it, or null where there was no lab. */
async function moveAside(dataFolder: string, parts: readonly string[]): Promise<string | null> {
  const hadLab = await holdsLab(dataFolder)
  const aside = join(dataFolder, 'replaced', new Date().toISOString().replace(/[-:]|\.\d+/g, ''))
  for (const name of parts) {
    if (!(await stat(join(dataFolder, name)).catch(() => null))) continue
    if (hadLab) {
      await mkdir(aside, { recursive: true })
      await rename(join(dataFolder, name), join(aside, name))
    } else await rm(join(dataFolder, name), { recursive: true, force: true })
  }
  return hadLab ? aside : null
}
