import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { withLikeEscape } from './likePattern.js'

/** Settings that SQLite keeps per connection, so every opening needs them. */
const pragmas = ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']

/** Opens SQLite connections for Prisma with the pragmas set; `contains` and its kin take what `escapeLike` writes. */
export class SqliteAdapter extends PrismaBetterSqlite3 {
  readonly #pragmas: readonly string[]
  readonly #connections: SqlDriverAdapter[] = []

  constructor(path: string, { readOnly = false }: { readOnly?: boolean } = {}) {
    super({ url: `file:${path}` })
    this.#pragmas = readOnly ? [...pragmas, 'query_only = ON'] : pragmas
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const connection = await super.connect()
    const queryRaw = connection.queryRaw.bind(connection)
    connection.queryRaw = (query) => queryRaw({ ...query, sql: withLikeEscape(query.sql) })
    this.#connections.push(connection)
    await connection.executeScript(this.#pragmas.map((pragma) => `PRAGMA ${pragma};`).join('\n'))
    return connection
  }

  /** Closes what the schema engine leaves open: it takes the database for itself and never disconnects. */
  async closeConnections(): Promise<void> {
    await Promise.all(this.#connections.splice(0).map((connection) => connection.dispose()))
  }
}
