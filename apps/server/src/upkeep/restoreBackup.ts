import { constants } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finishUpgrade } from '../database/copyBeforeUpgrade.js'
import { IDENTITY } from '../database/labIdentity.js'
import { openDataFolder } from '../database/openDataFolder.js'
import { syncFiles, syncFolder } from '../database/syncFiles.js'
import { endRestore, type ReplacingState, readRestoreState, restoringFolderOf, writeRestoreState } from '../database/unfinishedRestore.js'
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

const DATABASE = 'hourglass.db'
/** What makes a lab; the last two belong to the database while it is open. The next start gives what is restored a name of its own. */
const PARTS = [DATABASE, 'runs', 'components', 'trash', 'launchers.key', IDENTITY, 'hourglass.db-wal', 'hourglass.db-shm']

/**
 * Makes a data folder of a backup, and checks it. All of the backup is on the disk before anything of the lab gives way, and the database takes its place last.
 * No lab starts in a folder where that was interrupted; restoring the same backup again finishes it. Throws an UpkeepError where there is no backup, a lab is in
 * the way or another backup was being restored, and a StartupError where a server uses the folder.
 */
export async function restoreBackup({ backup, dataFolder, replace }: RestoreOptions): Promise<Restored> {
  const begun = await readRestoreState(dataFolder)
  if (begun?.stage === 'replacing' && begun.backup !== backup) {
    throw new UpkeepError(
      `${dataFolder}: expected ${begun.backup}, whose restore was interrupted when parts of it were in place, got ${backup}. Restore that one first: npm run restore -- ${begun.backup} ${dataFolder}`,
    )
  }
  const kept = begun?.stage === 'replacing' ? [] : await partsOf(backup)
  if (begun?.stage !== 'replacing' && !replace && (await holdsLab(dataFolder))) {
    throw new UpkeepError(
      `${dataFolder}: expected an empty folder, got one that holds a lab. Name another one, or add --replace: what is there is kept aside.`,
    )
  }
  const folder = await openDataFolder(dataFolder)
  try {
    const state = begun?.stage === 'replacing' ? begun : await copyParts(dataFolder, { backup, kept })
    await replaceParts(dataFolder, state)
    await finishUpgrade(folder)
    await endRestore(dataFolder)
    return { report: await checkDataFolder(dataFolder), aside: state.aside && join(dataFolder, state.aside) }
  } finally {
    folder.release()
  }
}

interface Part {
  readonly from: string
  readonly name: string
}

/** Copies a backup beside the lab, and says so once all of it is on the disk. Where that fails, nothing of it stays. */
async function copyParts(
  dataFolder: string,
  { backup, kept }: { readonly backup: string; readonly kept: readonly Part[] },
): Promise<ReplacingState> {
  const folder = restoringFolderOf(dataFolder)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  try {
    await writeRestoreState(dataFolder, { stage: 'copying', version: 1, backup })
    for (const { from, name } of kept) await cp(from, join(folder, name), { recursive: true, mode: constants.COPYFILE_FICLONE })
    await syncFiles(folder)
    // An upgrade's copy is of the database alone: the files stay.
    const incoming = kept.map(({ name }) => name)
    const replaced = incoming.includes('runs') ? PARTS : PARTS.filter((name) => name.startsWith('hourglass.db') || name === IDENTITY)
    const moment = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
    const aside = (await holdsLab(dataFolder)) ? join('replaced', moment) : null
    const state: ReplacingState = { stage: 'replacing', version: 1, backup, incoming, replaced, aside }
    await writeRestoreState(dataFolder, state)
    return state
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

/** Puts the parts of a backup in the place of the lab's, however many an interrupted restore has left to do. */
async function replaceParts(dataFolder: string, { incoming, replaced, aside }: ReplacingState): Promise<void> {
  const folder = restoringFolderOf(dataFolder)
  const waiting: string[] = []
  for (const name of incoming) if (await isThere(join(folder, name))) waiting.push(name)
  const isPlaced = (name: string) => incoming.includes(name) && !waiting.includes(name)
  for (const name of replaced) if (!isPlaced(name)) await giveWay(dataFolder, name, aside)
  // A lab begins with its database: what is there without one is none.
  for (const name of [...waiting].sort((a, b) => Number(a === DATABASE) - Number(b === DATABASE))) {
    if (name === DATABASE) await syncFolder(dataFolder)
    await rename(join(folder, name), join(dataFolder, name))
  }
  await syncFolder(dataFolder)
}

/** Moves a part of the lab aside, or removes it where it belongs to none. */
async function giveWay(dataFolder: string, name: string, aside: string | null): Promise<void> {
  const path = join(dataFolder, name)
  const info = await stat(path).catch(() => null)
  if (!info) return
  if (aside === null) return rm(path, { recursive: true, force: true })
  const target = join(dataFolder, aside, name)
  await mkdir(dirname(target), { recursive: true })
  // Whoever opens a data folder makes what is missing, so that an interrupted restore may find an empty folder where it has moved one from.
  if (info.isDirectory() && (await isThere(target))) await rmdir(path)
  else await rename(path, target)
  await syncFolder(dirname(target))
}

async function partsOf(backup: string): Promise<readonly Part[]> {
  const info = await stat(backup).catch(() => null)
  if (!info) throw new UpkeepError(`${backup}: expected a backup, got nothing of the name.`)
  if (info.isFile()) return [{ from: backup, name: DATABASE }]
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

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}
