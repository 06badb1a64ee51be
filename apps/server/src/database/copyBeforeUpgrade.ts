import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '../StartupError.js'
import { copyDatabase } from './copyDatabase.js'
import type { DataFolder } from './openDataFolder.js'

/** Copies that are kept; the oldest go. */
const KEPT = 3
/** Names the copy that was made before the first try of an upgrade, as long as that has not been finished. */
const FIRST_TRY = 'first-try'

type Folders = Pick<DataFolder, 'databasePath' | 'upgradesFolder'>

/**
 * Copies the database before migrations change it, so that there is a way back; returns where. However often an upgrade is tried, the copy made before its
 * first try stays. Throws a StartupError where the database cannot be copied.
 */
export async function copyBeforeUpgrade({ databasePath, upgradesFolder }: Folders, newestMigration: string): Promise<string> {
  const name = `${new Date().toISOString().replace(/[-:.]/g, '')}-${newestMigration}.db`
  const path = join(upgradesFolder, name)
  const unfinished = `${path}.tmp`
  try {
    await mkdir(upgradesFolder, { recursive: true })
    // What a try that was killed had begun; this process alone uses the folder.
    await removeAll(upgradesFolder, (other) => other.includes('.tmp'))
    await copyDatabase(databasePath, unfinished)
    await rename(unfinished, path)
    if ((await readFirst(upgradesFolder)) === null) await nameFirst(upgradesFolder, name)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartupError(
      `${databasePath} has to be upgraded, and cannot be copied to ${upgradesFolder} before (${reason}): nothing was changed. Free some space, or set HOURGLASS_DATA to another folder.`,
    )
  }
  const first = await readFirst(upgradesFolder)
  await removeOldest(upgradesFolder, (copy) => copy !== first)
  return path
}

/** Says that the database is of this version: of an upgrade that took many tries, the copies before the first and before the last stay. */
export async function finishUpgrade({ upgradesFolder }: Folders): Promise<void> {
  const first = await readFirst(upgradesFolder)
  if (first === null) return
  const since = (await copiesIn(upgradesFolder)).filter((copy) => copy > first)
  for (const copy of since.slice(0, -1)) await rm(join(upgradesFolder, copy), { force: true })
  await removeOldest(upgradesFolder, () => true)
  await rm(join(upgradesFolder, FIRST_TRY), { force: true })
}

async function removeOldest(folder: string, mayGo: (copy: string) => boolean): Promise<void> {
  const copies = (await copiesIn(folder)).filter(mayGo)
  for (const copy of copies.slice(0, -KEPT)) await rm(join(folder, copy), { force: true })
}

/** Null where no upgrade has been begun and not finished, or its copy is gone. */
async function readFirst(folder: string): Promise<string | null> {
  const name = await readFile(join(folder, FIRST_TRY), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return name !== null && (await copiesIn(folder)).includes(name) ? name : null
}

async function nameFirst(folder: string, name: string): Promise<void> {
  const path = join(folder, FIRST_TRY)
  await writeFile(`${path}.tmp`, name)
  await rename(`${path}.tmp`, path)
}

async function copiesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.db')).sort()
}

async function removeAll(folder: string, isRemoved: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder)) if (isRemoved(name)) await rm(join(folder, name), { force: true })
}
