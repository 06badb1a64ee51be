import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { artifactNames } from '@hourglass/protocol'
import SqliteDatabase from 'better-sqlite3'
import { filesBelow } from '../artifacts/filesBelow.js'
import { holderOf } from '../artifacts/StoredFile.js'
import { UNFINISHED } from '../artifacts/sweepUnfinished.js'
import type { ReadOnlyDatabase } from '../database/copyDatabase.js'
import { cacheFolders, checkCachedFiles, type RemadeFile } from './checkCachedFiles.js'
import { checkFile } from './checkFile.js'
import { checkReports } from './checkReports.js'
import { isListed, type ListedFile, type ListedRun, listFiles, listRuns } from './listedFiles.js'
import { UpkeepError } from './UpkeepError.js'

export interface LostFile {
  readonly name: string
  readonly type: string
  /** Completes a sentence that begins with its name. */
  readonly problem: string
}

export interface LackingRun extends ListedRun {
  readonly lost: readonly LostFile[]
  /** Whether a training state is left from which it would go on. */
  readonly hasState: boolean
}

export interface FolderReport {
  /** What is wrong with the database. */
  readonly database: readonly string[]
  /** Runs that lack files, or have others than were written. */
  readonly runs: readonly LackingRun[]
  /** Paths of files and folders that no run lists. */
  readonly unlisted: readonly string[]
  /** Paths of what was being written or deleted when a process died. */
  readonly leftovers: readonly string[]
  /** Files that belong to no run and are not what was written. */
  readonly remade: readonly RemadeFile[]
  readonly checked: { readonly runs: number; readonly files: number; readonly bytes: number; readonly withoutHash: number }
}

/** A lab that runs takes files away before or after the rows that list them, and writes some: what looks lost or left over is looked at again, after as many milliseconds. */
const SECOND_LOOK = 1_500

/** Checks a data folder against its database, while a lab may run on it; changes nothing. Throws an UpkeepError where there is none. */
export async function checkDataFolder(dataFolder: string): Promise<FolderReport> {
  const database = await openDatabase(dataFolder)
  if (typeof database === 'string') {
    return {
      database: [database],
      runs: [],
      unlisted: [],
      leftovers: [],
      remade: [],
      checked: { runs: 0, files: 0, bytes: 0, withoutHash: 0 },
    }
  }
  try {
    const runsFolder = await realpath(join(dataFolder, 'runs')).catch(() => join(dataFolder, 'runs'))
    const runs = listRuns(database)
    const checked = { runs: runs.length, files: 0, bytes: 0, withoutHash: 0 }
    const lacking: LackingRun[] = []
    for (const run of runs) {
      const files = listFiles(database, run)
      const lost = await findLost(database, { run, files, folder: join(runsFolder, run.id) })
      const states = files.filter(({ type }) => type === 'resume').length
      const hasState = states > lost.filter(({ type }) => type === 'resume').length
      if (lost.length > 0) lacking.push({ ...run, lost, hasState })
      checked.files += files.length
      for (const { bytes, sha256 } of files) {
        checked.bytes += bytes
        if (sha256 === null) checked.withoutHash++
      }
    }
    const others = await findOthers(database, { dataFolder, runsFolder })
    const cached = await checkCachedFiles(dataFolder)
    checked.files += cached.files
    checked.bytes += cached.bytes
    const problems = [...checkDatabase(database), ...checkReports(database), ...missesAll(runs, others.unlisted)]
    return { database: problems, runs: lacking, ...others, remade: cached.remade, checked }
  } finally {
    database.close()
  }
}

/** A database without a run beside files of runs is not the one that they belong to. */
function missesAll(runs: readonly ListedRun[], unlisted: readonly string[]): string[] {
  if (runs.length > 0 || unlisted.length === 0) return []
  return [
    `holds no run, while there are files of ${unlisted.length}: it is not the database that they belong to, which is lost. Restore a copy of it`,
  ]
}

async function openDatabase(dataFolder: string): Promise<ReadOnlyDatabase | string> {
  const path = join(dataFolder, 'hourglass.db')
  if (!(await stat(path).catch(() => null))) {
    throw new UpkeepError(
      `${dataFolder}: expected a data folder with a hourglass.db, got none. Name the folder, or set HOURGLASS_DATA to it.`,
    )
  }
  try {
    const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true, timeout: 10_000 })
    const tables = database.prepare(`SELECT count(*) AS count FROM pragma_table_info('Artifact') WHERE name IN ('name', 'pack')`).get() as {
      count: number
    }
    if (tables.count === 2) return database
    database.close()
    return 'is of an earlier version of Hourglass: start this one on it once, which upgrades it'
  } catch (error) {
    return `cannot be read (${error instanceof Error ? error.message : String(error)})`
  }
}

function checkDatabase(database: ReadOnlyDatabase): string[] {
  const integrity = (database.pragma('integrity_check(20)') as { integrity_check: string }[]).map(({ integrity_check }) => integrity_check)
  const keys = database.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[]
  const broken = keys
    .slice(0, 20)
    .map(
      ({ table, rowid, parent }) =>
        `${rowid === null ? 'a row' : `row ${rowid}`} of ${table} points to a row of ${parent} that is not there`,
    )
  return [...integrity.filter((line) => line !== 'ok'), ...broken]
}

interface RunFiles {
  readonly run: ListedRun
  readonly files: readonly ListedFile[]
  readonly folder: string
}

async function findLost(database: ReadOnlyDatabase, { run, files, folder }: RunFiles): Promise<LostFile[]> {
  const suspects: ListedFile[] = []
  for (const file of files) if (await checkFile(folder, file)) suspects.push(file)
  if (suspects.length === 0) return []
  await sleep(SECOND_LOOK)
  const lost: LostFile[] = []
  for (const file of suspects) {
    const problem = await checkFile(folder, file)
    if (problem && isListed(database, run, file)) lost.push({ name: file.name, type: file.type, problem })
  }
  return lost
}

async function findOthers(database: ReadOnlyDatabase, folders: { readonly dataFolder: string; readonly runsFolder: string }) {
  const { dataFolder, runsFolder } = folders
  const unlisted: string[] = []
  const leftovers: string[] = []
  for (const id of await namesIn(runsFolder)) {
    const run = database.prepare<[string], ListedRun>('SELECT number, id, name, status FROM Run WHERE id = ?').get(id)
    if (!run) {
      if ((await stat(join(runsFolder, id)).catch(() => null)) !== null) unlisted.push(join(runsFolder, id))
      continue
    }
    // Whoever trains it writes files before they are listed.
    if (run.status === 'RUNNING') continue
    const listed = new Set(listFiles(database, run).map(holderOf))
    for await (const { name, path } of filesBelow(join(runsFolder, id))) {
      if (name.endsWith(UNFINISHED)) leftovers.push(path)
      else if (name !== artifactNames.log && !listed.has(name) && !(await isListedOrGone(database, run, { name, path })))
        unlisted.push(path)
    }
  }
  for (const folder of ['trash', '.restoring'])
    leftovers.push(...(await namesIn(join(dataFolder, folder))).map((name) => join(dataFolder, folder, name)))
  for (const folder of cacheFolders)
    for await (const { name, path } of filesBelow(join(dataFolder, folder))) if (name.endsWith(UNFINISHED)) leftovers.push(path)
  return { unlisted, leftovers: await stillThere(leftovers) }
}

/** Takes out what goes away or changes meanwhile, since a lab that runs is about it. */
async function stillThere(paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return []
  const look = () => Promise.all(paths.map(async (path) => (await stat(path).catch(() => null))?.mtimeMs))
  const before = await look()
  await sleep(SECOND_LOOK)
  const after = await look()
  return paths.filter((_, index) => after[index] !== undefined && after[index] === before[index])
}

/** A lab that runs may have begun to train the run meanwhile. */
async function isListedOrGone(
  database: ReadOnlyDatabase,
  run: ListedRun,
  { name, path }: { name: string; path: string },
): Promise<boolean> {
  if (database.prepare(`SELECT 1 FROM Run WHERE number = ? AND status = 'RUNNING'`).get(run.number)) return true
  if (listFiles(database, run).some((file) => holderOf(file) === name)) return true
  return (await stat(path).catch(() => null)) === null
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}
