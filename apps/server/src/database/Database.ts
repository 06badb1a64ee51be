import './compileOnce.js'
import { type Prisma, PrismaClient } from '../generated/prisma/client.js'
import { fileIdentity } from './fileIdentity.js'
import { SqliteAdapter } from './SqliteAdapter.js'
import { StoreState } from './StoreState.js'
import { type Patience, StoreWriter } from './StoreWriter.js'
import { DATABASE_GONE } from './storeFault.js'

export type Transaction = Prisma.TransactionClient

export interface DatabaseOptions {
  /** How long writes wait for the store, unless they say otherwise, in milliseconds. */
  readonly patience?: number | undefined
  /** How long one transaction may take, in milliseconds. @default 30,000 */
  readonly longestTransaction?: number | undefined
  /** Path of another database that writes read from, as {@link ATTACHED}. */
  readonly attached?: string | undefined
  /** Hears of each error that is waited out. */
  readonly onRefusal?: ((error: unknown) => void) | undefined
}

/** What the settings say where nothing else is said. */
const STORE_PATIENCE = 30 * 60_000
const LONGEST_TRANSACTION = 30_000

/**
 * Opens the store with one connection that reads and one that writes. Prisma's adapter runs whatever else arrives on a connection inside
 * the transaction that is open on it: on its own connection a reader sees only what is committed. Writes queue behind each other.
 */
export class Database {
  readonly read: PrismaClient
  /** Whether writes wait, and why. */
  readonly state = new StoreState()
  readonly #writer: PrismaClient
  readonly #writes: StoreWriter
  readonly #path: string
  readonly #identity: string | undefined
  readonly #longestTransaction: number

  constructor(path: string, options: DatabaseOptions = {}) {
    const { patience = STORE_PATIENCE, longestTransaction = LONGEST_TRANSACTION, attached, onRefusal } = options
    this.read = new PrismaClient({ adapter: new SqliteAdapter(path, 'read'), log: [] })
    this.#writer = new PrismaClient({ adapter: new SqliteAdapter(path, 'write', attached), log: [] })
    this.#path = path
    this.#identity = fileIdentity(path)
    this.#longestTransaction = longestTransaction
    this.#writes = new StoreWriter({ state: this.state, patience: { milliseconds: patience }, probe: () => this.#probe(), onRefusal })
  }

  /**
   * Runs one transaction; what it wrote stands when the promise resolves, and nothing of it when it rejects. What the store refuses is tried again, so `work`
   * may run several times, each time on a store without traces of the earlier ones. Throws STORE_BUSY, STORE_READ_ONLY, DISK_FULL or STORE_FAILED.
   */
  write<Result>(work: (transaction: Transaction) => Promise<Result>, patience?: Patience): Promise<Result> {
    const attempt = async () => {
      this.#requireFile()
      return this.#writer.$transaction(work, { timeout: this.#longestTransaction, maxWait: 30_000 })
    }
    return this.#writes.write(attempt, patience)
  }

  /** Lets another process write: what this one has to write queues behind `work` as behind a transaction of its own, instead of asking for a lock in vain. */
  lend<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#writes.write(async () => {
      this.#requireFile()
      return work()
    })
  }

  /** Makes whatever waits for the store give up, now and from now on. */
  stopWaiting(): void {
    this.#writes.stopWaiting()
  }

  /** Writes a number of the database's first page that nothing here reads, as it is. */
  async #probe(): Promise<void> {
    this.#requireFile()
    await this.#writer.$transaction(async (transaction) => {
      const [row] = await transaction.$queryRaw<{ user_version: number | bigint }[]>`PRAGMA user_version`
      await transaction.$executeRawUnsafe(`PRAGMA user_version = ${Number(row?.user_version ?? 0)}`)
    })
  }

  /** Throws where the path leads to another file than the connections have open, or to none: what they write is nobody's then. */
  #requireFile(): void {
    if (fileIdentity(this.#path) === this.#identity) return
    throw Object.assign(new Error(`${this.#path} was removed or replaced`), { code: DATABASE_GONE })
  }

  async close(): Promise<void> {
    this.stopWaiting()
    await this.#writes.idle()
    await Promise.all([this.read.$disconnect(), this.#writer.$disconnect()])
  }
}
