import { migrate } from '../database/migrate.js'
import { openDataFolder } from '../database/openDataFolder.js'
import { StartupError } from '../StartupError.js'
import { readManifest } from '../upkeep/BackupManifest.js'
import { checkDataFolder } from '../upkeep/checkDataFolder.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import type { ArchiveReport } from './ArchiveRows.js'
import { readArchive } from './readArchive.js'
import { requireOwnSchema } from './requireOwnSchema.js'
import { unpackArchive } from './unpackArchive.js'

/**
 * Unpacks an archive that somebody sent into a new folder, upgrades its database to this version, and tells what it holds, or why it cannot be had. To be done
 * in a process of its own: whoever wrote the archive may mean harm.
 */
export async function* openArchive(archive: string, folder: string): AsyncGenerator<ArchiveReport> {
  try {
    yield* open(archive, folder)
  } catch (error) {
    if (!(error instanceof UpkeepError || error instanceof StartupError)) throw error
    yield { type: 'refused', message: error.message.replaceAll(`${folder}/`, '') }
  }
}

async function* open(archive: string, folder: string): AsyncGenerator<ArchiveReport> {
  await unpackArchive(archive, folder)
  const { createdAt } = await readManifest(folder)
  const opened = await openDataFolder(folder)
  try {
    await requireOwnSchema(opened.databasePath)
    await migrate(opened)
    const { database, runs } = await checkDataFolder(folder)
    if (database.length > 0) {
      throw new UpkeepError(`hourglass.db: expected a whole database, got one that says: ${database[0]}. Download the archive again.`)
    }
    for (const part of readArchive(opened.databasePath)) {
      yield 'run' in part ? { type: 'run', run: part.run } : { type: 'experiment', experiment: part.experiment }
    }
    yield { type: 'read', createdAt, lostFiles: runs.flatMap(({ lost }) => lost).length }
  } finally {
    opened.release()
  }
}
