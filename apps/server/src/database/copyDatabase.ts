import { open } from 'node:fs/promises'
import SqliteDatabase from 'better-sqlite3'

export type ReadOnlyDatabase = InstanceType<typeof SqliteDatabase>

export interface CopyDatabaseOptions {
  /** Reads from the same state before it is copied. */
  readonly atThatMoment?: (database: ReadOnlyDatabase) => Promise<void>
  /** Writes the copy, or what is wanted of it, to a path where nothing is. @default the whole database */
  readonly write?: (database: ReadOnlyDatabase, to: string) => unknown
}

/**
 * Copies a database as it is at one moment, while others go on writing to it. Rejects where the file is no database or the copy cannot be written.
 */
export async function copyDatabase(from: string, to: string, { atThatMoment, write }: CopyDatabaseOptions = {}): Promise<void> {
  const database = new SqliteDatabase(from, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    // A copy that holds a read transaction never starts again, however much is written meanwhile.
    database.exec('BEGIN')
    database.prepare('SELECT count(*) FROM sqlite_master').get()
    await atThatMoment?.(database)
    await (write ? write(database, to) : database.backup(to))
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK')
    database.close()
  }
  const copy = await open(to, 'r+')
  try {
    await copy.sync()
  } finally {
    await copy.close()
  }
}
