import { type Prisma, PrismaClient } from '../generated/prisma/client.js'
import { SqliteAdapter } from './SqliteAdapter.js'

export type Transaction = Prisma.TransactionClient

/**
 * Opens the store with one connection that reads and one that writes. Prisma's adapter runs whatever else arrives on a connection inside
 * the transaction that is open on it: on its own connection a reader sees only what is committed. Writes queue behind each other.
 */
export class Database {
  readonly read: PrismaClient
  readonly #writer: PrismaClient
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(path: string) {
    this.read = new PrismaClient({ adapter: new SqliteAdapter(path, { readOnly: true }), log: [] })
    this.#writer = new PrismaClient({ adapter: new SqliteAdapter(path), log: [] })
  }

  /** Runs one transaction; what it wrote stands when the promise resolves, and nothing of it when it rejects. */
  write<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const result = this.#lastWrite.then(() => this.#writer.$transaction(work, { timeout: 30_000, maxWait: 30_000 }))
    this.#lastWrite = result.catch(() => undefined)
    return result
  }

  async close(): Promise<void> {
    await this.#lastWrite
    await Promise.all([this.read.$disconnect(), this.#writer.$disconnect()])
  }
}
