import { holderOf } from '../artifacts/StoredFile.js'
import { readNames, storedName } from '../artifacts/storedNames.js'
import type { ReadOnlyDatabase } from '../database/copyDatabase.js'

/** A run, as far as the upkeep of its files needs it. */
export interface ListedRun {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly status: string
}

/** A file that the database says a run has. */
export interface ListedFile {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: Buffer | null
  /** Number of the pack that holds it, and where it begins there; null for a file of its own. */
  readonly pack: number | null
  readonly offset: number
}

/** What lies in a run's folder and holds listed files. */
export interface HolderFile {
  readonly name: string
  /** Up to the end of the last file that is listed in it. */
  readonly bytes: number
  readonly isPack: boolean
  readonly files: readonly ListedFile[]
}

/** Lists every run of a data folder, in the order in which they were launched. */
export function listRuns(database: ReadOnlyDatabase): ListedRun[] {
  return database.prepare<[], ListedRun>('SELECT number, id, name, status FROM Run ORDER BY number').all()
}

/** Lists the files of a run by their names. */
export function listFiles(database: ReadOnlyDatabase, { number }: ListedRun): ListedFile[] {
  const sql = 'SELECT name, type, bytes, sha256, pack, "offset" FROM Artifact WHERE runNumber = ?'
  const files = database.prepare<[number], ListedFile>(sql).all(number).map(readNames)
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Groups files by what holds them. */
export function holdersOf(files: readonly ListedFile[]): HolderFile[] {
  const holders = new Map<string, ListedFile[]>()
  for (const file of files) {
    const held = holders.get(holderOf(file))
    if (held) held.push(file)
    else holders.set(holderOf(file), [file])
  }
  return [...holders].map(([name, held]) => {
    const isPack = held.some(({ pack }) => pack !== null)
    return { name, bytes: Math.max(...held.map(({ offset, bytes }) => offset + bytes)), isPack, files: held }
  })
}

/** Tells whether the database lists a file still, in the same place and with the same content: a lab that runs may have taken it away meanwhile. */
export function isListed(database: ReadOnlyDatabase, { number }: ListedRun, { name, sha256, pack, offset }: ListedFile): boolean {
  const sql = 'SELECT 1 FROM Artifact WHERE runNumber = ? AND name = ? AND sha256 IS ? AND pack IS ? AND "offset" = ?'
  return database.prepare(sql).get(number, storedName(name), sha256, pack, offset) !== undefined
}
