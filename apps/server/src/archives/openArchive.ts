import { rm } from 'node:fs/promises'
import { migrate } from '../database/migrate.js'
import { openDataFolder } from '../database/openDataFolder.js'
import { StartupError } from '../StartupError.js'
import { readManifest } from '../upkeep/BackupManifest.js'
import { checkDataFolder } from '../upkeep/checkDataFolder.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import type { Archive, ArchiveReport, Portion } from './ArchiveRows.js'
import { requireOwnColumns } from './ownColumns.js'
import { writePortions } from './portionFile.js'
import { readArchive } from './readArchive.js'
import { requireOwnSchema } from './requireOwnSchema.js'
import { unpackArchive } from './unpackArchive.js'

export interface OpenArchiveOptions {
  readonly archive: string
  /** New folder that it is unpacked into. */
  readonly folder: string
  /** File that its rows are written to. */
  readonly portions: string
}

/**
 * Unpacks an archive that somebody sent, upgrades its database to this version, and tells what it holds, or why it cannot be had. To be done in a process of its
 * own: whoever wrote the archive may mean harm.
 */
export async function openArchive(options: OpenArchiveOptions): Promise<ArchiveReport> {
  try {
    return { type: 'read', archive: await open(options) }
  } catch (error) {
    if (!(error instanceof UpkeepError || error instanceof StartupError)) throw error
    return { type: 'refused', message: error.message.replaceAll(`${options.folder}/`, '') }
  }
}

async function open({ archive, folder, portions }: OpenArchiveOptions): Promise<Archive> {
  await unpackArchive(archive, folder)
  const { createdAt } = await readManifest(folder)
  const opened = await openDataFolder(folder)
  try {
    await requireOwnSchema(opened.databasePath)
    await migrate(opened)
    const columns = await requireOwnColumns(opened.databasePath, folder)
    const found = { experiments: [] as { id: string; name: string }[], runs: [] as string[] }
    await writePortions(portions, noting(found, readArchive({ path: opened.databasePath, folder, columns })))
    const { database, runs, unlisted, leftovers } = await checkDataFolder(folder)
    if (database.length > 0) {
      throw new UpkeepError(`hourglass.db: expected a whole database, got one that says: ${database[0]}. Download the archive again.`)
    }
    // What no run lists is nobody's, and would stay in this lab for ever.
    for (const path of [...unlisted, ...leftovers]) await rm(path, { recursive: true, force: true })
    return { createdAt, lostFiles: runs.flatMap(({ lost }) => lost).length, ...found }
  } finally {
    opened.release()
  }
}

/** Hands portions on, and notes which runs and experiments they are of. */
function* noting(found: Pick<Archive, 'experiments' | 'runs'>, portions: Iterable<Portion>): Generator<Portion> {
  for (const portion of portions) {
    if (portion.part === 'run') found.runs.push(String(portion.row.id))
    if (portion.part === 'experiment') found.experiments.push({ id: String(portion.row.id), name: String(portion.row.name) })
    yield portion
  }
}
