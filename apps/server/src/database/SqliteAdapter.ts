import { setTimeout as sleep } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, Transaction } from '@prisma/driver-adapter-utils'
import { errorCodes } from '../HourglassError.js'
import { withLikeEscape } from './likePattern.js'
import { storeFaultOf } from './storeFault.js'

/** Settings that SQLite keeps per connection, so every opening needs them. */
const pragmas = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']

/** What a connection is used for, and how long SQLite itself waits for a lock, in milliseconds: the whole process stands still meanwhile. */
const uses = {
  /** Does not wait: {@link StoreWriter} does. */
  write: { busyMilliseconds: 0, pragmas: [] },
  /** A lock keeps readers out for moments only; longer ones are waited out without standing still. */
  read: { busyMilliseconds: 20, pragmas: ['query_only = ON'] },
  /** At a start nothing else has to be done. */
  migrate: { busyMilliseconds: 300_000, pragmas: [] },
} as const

/** How long a reader waits where another program has the whole database for itself, in milliseconds. */
const READ_PATIENCE = 5_000
const READ_PAUSE = 50

/** Name that statements know an attached database by. */
export const ATTACHED = 'attached'

/** Opens SQLite connections for Prisma with the pragmas set; `contains` and its kin take what `escapeLike` writes. */
export class SqliteAdapter extends PrismaBetterSqlite3 {
  readonly #use: keyof typeof uses
  readonly #attached: string | undefined
  readonly #connections: SqlDriverAdapter[] = []

  /** @param attached Path of another database that statements read as {@link ATTACHED}. */
  constructor(path: string, use: keyof typeof uses, attached?: string) {
    // A lab's connections make no database of their own where its file was taken away: they wait for it.
    // The schema engine keeps its own times as texts, as it always has.
    super({ url: `file:${path}`, fileMustExist: use !== 'migrate' }, { timestampFormat: use === 'migrate' ? 'iso8601' : 'unixepoch-ms' })
    this.#use = use
    this.#attached = attached
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const connection = await super.connect()
    const { busyMilliseconds, pragmas: own } = uses[this.#use]
    const attach = this.#attached === undefined ? [] : [`ATTACH '${this.#attached.replaceAll("'", "''")}' AS "${ATTACHED}";`]
    const set = [`busy_timeout = ${busyMilliseconds}`, ...pragmas, ...own].map((pragma) => `PRAGMA ${pragma};`)
    const script = [...attach, ...set].join('\n')
    try {
      await whenFree(() => connection.executeScript(script))
    } catch (error) {
      await connection.dispose()
      throw error
    }
    const queryRaw = connection.queryRaw.bind(connection)
    const query: typeof queryRaw = (request) => queryRaw({ ...request, sql: withLikeEscape(request.sql) })
    connection.queryRaw = this.#use === 'read' ? (request) => whenFree(() => query(request)) : query
    if (this.#use === 'write') connection.startTransaction = () => beginWriting(connection)
    this.#connections.push(connection)
    return connection
  }

  /** Closes what the schema engine leaves open: it takes the database for itself and never disconnects. */
  async closeConnections(): Promise<void> {
    await Promise.all(this.#connections.splice(0).map((connection) => connection.dispose()))
  }
}

/**
 * Begins a transaction that has the write lock from the start, or fails with nothing begun: one that asked for it at its first write might have read
 * what another program changes. However it ends, the connection is free afterwards; Prisma's own would stay in a transaction whose COMMIT failed.
 */
async function beginWriting(connection: SqlDriverAdapter): Promise<Transaction> {
  // It throws at once what others reject with.
  const run = async (sql: string) => connection.executeScript(sql)
  // What is left of a transaction that could not be taken back.
  await run('ROLLBACK').catch(() => undefined)
  await run('BEGIN IMMEDIATE')
  // SQLite takes a transaction back by itself where the disk is full or fails; then none is active.
  const rollback = () => run('ROLLBACK').catch(() => undefined)
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: (query) => connection.queryRaw(query),
    executeRaw: (query) => connection.executeRaw(query),
    commit: async () => {
      try {
        await run('COMMIT')
      } catch (error) {
        await rollback()
        throw error
      }
    },
    rollback,
  }
}

/** Tries again, with pauses, while another program has the database for itself. */
async function whenFree<Result>(work: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + READ_PATIENCE
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (storeFaultOf(error)?.code !== errorCodes.storeBusy || performance.now() > deadline) throw error
    }
    await sleep(READ_PAUSE)
  }
}
