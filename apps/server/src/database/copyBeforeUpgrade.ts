import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '../StartupError.js'
import { copyDatabase } from './copyDatabase.js'
import type { DataFolder } from './openDataFolder.js'

/** Copies that are kept; the oldest go. */
const KEPT = 3

/** Copies the database before migrations change it, so that there is a way back; returns where. Throws a StartupError where it cannot. */
export async function copyBeforeUpgrade({ databasePath, upgradesFolder }: DataFolder, newestMigration: string): Promise<string> {
  const moment = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const path = join(upgradesFolder, `${moment}-${newestMigration}.db`)
  const unfinished = `${path}.tmp`
  try {
    await mkdir(upgradesFolder, { recursive: true })
    await copyDatabase(databasePath, unfinished)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartupError(
      `${databasePath} has to be upgraded, and cannot be copied to ${upgradesFolder} before (${reason}): nothing was changed. Free some space, or set HOURGLASS_DATA to another folder.`,
    )
  }
  const copies = (await readdir(upgradesFolder)).filter((name) => name.endsWith('.db')).sort()
  for (const name of copies.slice(0, -KEPT)) await rm(join(upgradesFolder, name), { force: true })
  return path
}
