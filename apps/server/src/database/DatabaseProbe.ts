import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { fileIdentity } from './fileIdentity.js'

export interface DatabaseFault {
  readonly code: `DATABASE_${'MISSING' | 'LOCKED' | 'READ_ONLY' | 'DAMAGED' | 'FULL' | 'FAILING'}`
  readonly message: string
}

/** How long another writer may hold the database before that is a fault, in milliseconds. */
const PATIENCE = 2_000
const PAUSE = 100

/** What SQLite's codes mean to an operator, by their beginning; the first that fits. */
const faults: readonly (readonly [prefix: string, fault: DatabaseFault])[] = [
  [
    'SQLITE_BUSY',
    { code: 'DATABASE_LOCKED', message: `The database is locked: another program has held it for more than ${PATIENCE / 1000} s.` },
  ],
  ['SQLITE_LOCKED', { code: 'DATABASE_LOCKED', message: 'The database is locked by another connection.' }],
  ['SQLITE_READONLY', { code: 'DATABASE_READ_ONLY', message: 'The database cannot be written: its file or folder is read-only.' }],
  ['SQLITE_NOTADB', { code: 'DATABASE_DAMAGED', message: 'The database is damaged: its file is no SQLite database.' }],
  ['SQLITE_CORRUPT', { code: 'DATABASE_DAMAGED', message: 'The database is damaged: restore a copy of it.' }],
  ['SQLITE_FULL', { code: 'DATABASE_FULL', message: 'The database cannot grow: the disk is full.' }],
  ['SQLITE_CANTOPEN', { code: 'DATABASE_MISSING', message: 'The database cannot be opened: its file is missing or unreadable.' }],
]

const missing: DatabaseFault = {
  code: 'DATABASE_MISSING',
  message:
    'The database is missing: its file was removed or replaced while the server runs. Stop the server, put it back, and start again.',
}

/** Tells whether a database can be opened, read and written by whoever opens it now, which connections that are open would not notice. */
export class DatabaseProbe {
  readonly #path: string
  readonly #identity: string | undefined

  constructor(path: string) {
    this.#path = path
    this.#identity = fileIdentity(path)
  }

  /** Writes nothing: a transaction that takes the write lock, and gives it back. */
  async check(): Promise<DatabaseFault | undefined> {
    // Opening another file, or a new one, would leave SQLite's own files beside it.
    if (this.#identity === undefined || fileIdentity(this.#path) !== this.#identity) return missing
    const deadline = performance.now() + PATIENCE
    for (;;) {
      const fault = this.#tryLock()
      if (fault?.code !== 'DATABASE_LOCKED' || performance.now() > deadline) return fault
      await sleep(PAUSE)
    }
  }

  #tryLock(): DatabaseFault | undefined {
    let database: SqliteDatabase.Database | undefined
    try {
      database = new SqliteDatabase(this.#path, { fileMustExist: true, timeout: 0 })
      database.exec('BEGIN IMMEDIATE; SELECT count(*) FROM sqlite_schema; ROLLBACK')
      return undefined
    } catch (error) {
      return describe(error)
    } finally {
      database?.close()
    }
  }
}

function describe(error: unknown): DatabaseFault {
  const code = error instanceof SqliteDatabase.SqliteError ? error.code : ''
  const known = faults.find(([prefix]) => code.startsWith(prefix))
  return known?.[1] ?? { code: 'DATABASE_FAILING', message: `The database does not answer (${code || String(error)}).` }
}
