/** The process that opens an archive which somebody sent: `importer.js ARCHIVE FOLDER`. Unpacks it into the folder, upgrades its database and reports what it holds. */
import { join } from 'node:path'
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

const [archive = '', folder = ''] = process.argv.slice(2)
const leave = () => process.exit(1)
process.on('disconnect', leave)

try {
  await importArchive()
} catch (error) {
  if (!(error instanceof UpkeepError || error instanceof StartupError)) throw error
  await report({ type: 'refused', message: error.message.replaceAll(`${folder}/`, '') })
}
process.off('disconnect', leave)
process.disconnect?.()

async function importArchive(): Promise<void> {
  await unpackArchive(archive, folder)
  const { createdAt } = await readManifest(folder)
  const opened = await openDataFolder(folder)
  await requireOwnSchema(opened.databasePath)
  await migrate(opened)
  const { database, runs } = await checkDataFolder(folder)
  if (database.length > 0)
    throw new UpkeepError(`hourglass.db: expected a whole database, got one that ${database[0]}. Download the archive again.`)
  for (const part of readArchive(opened.databasePath)) {
    await report('run' in part ? { type: 'run', run: part.run } : { type: 'experiment', experiment: part.experiment })
  }
  await report({ type: 'read', createdAt, lostFiles: runs.flatMap(({ lost }) => lost).length })
  opened.release()
}

function report(message: ArchiveReport): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.send)
      return reject(new Error(`Expected to be forked by the server, got no parent process for ${join(folder, 'hourglass.db')}`))
    process.send(message, undefined, {}, (error) => (error ? reject(error) : resolve()))
  })
}
