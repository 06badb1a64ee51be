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
}

export function listRuns(database: ReadOnlyDatabase): ListedRun[] {
  return database.prepare<[], ListedRun>('SELECT number, id, name, status FROM Run ORDER BY number').all()
}

export function listFiles(database: ReadOnlyDatabase, { number }: ListedRun): ListedFile[] {
  const sql = 'SELECT name, type, bytes, sha256 FROM Artifact WHERE runNumber = ? ORDER BY name'
  return database.prepare<[number], ListedFile>(sql).all(number)
}

/** Tells whether the database lists a file still, and with the same content: a lab that runs may have taken it away meanwhile. */
export function isListed(database: ReadOnlyDatabase, { number }: ListedRun, { name, sha256 }: ListedFile): boolean {
  const sql = 'SELECT 1 FROM Artifact WHERE runNumber = ? AND name = ? AND sha256 IS ?'
  return database.prepare(sql).get(number, name, sha256) !== undefined
}
