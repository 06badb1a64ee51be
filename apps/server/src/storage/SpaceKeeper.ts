import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { storeFaultOf } from '../database/storeFault.js'
import type { Log } from '../log.js'

/** Pages that are given back at a time, in some milliseconds: nobody else is served meanwhile. */
const PAGES = 64
const PAUSE = 20
/** Pause while somebody else writes, in milliseconds. */
const BUSY_PAUSE = 250
/** Free pages that the database may keep, in bytes: what comes next needs some. */
const KEPT_BYTES = 4_000_000

/** Gives the space of deleted rows back to the disk, a few pages at a time. */
export class SpaceKeeper {
  readonly #path: string
  readonly #log: Log
  readonly #keptBytes: number
  #working: Promise<void> | undefined
  #isClosing = false

  constructor(path: string, log: Log, keptBytes = KEPT_BYTES) {
    this.#path = path
    this.#log = log
    this.#keptBytes = keptBytes
  }

  /** Looks whether there is space to give back, and does so; resolves when it is done. */
  wake(): Promise<void> {
    this.#working ??= this.#work()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'space of the database cannot be given back'))
      .finally(() => {
        this.#working = undefined
      })
    return this.#working
  }

  async close(): Promise<void> {
    this.#isClosing = true
    await this.#working
  }

  async #work(): Promise<void> {
    const database = new SqliteDatabase(this.#path, { fileMustExist: true, timeout: 0 })
    try {
      const read = (name: string) => Number(database.pragma(name, { simple: true }))
      const kept = Math.ceil(this.#keptBytes / read('page_size'))
      const before = read('page_count')
      while (!this.#isClosing && read('freelist_count') > kept) {
        await sleep(this.#giveBack(database) ? PAUSE : BUSY_PAUSE)
      }
      const pages = before - read('page_count')
      if (pages > 0) this.#log.info({ bytes: pages * read('page_size') }, 'space of the database given back')
    } finally {
      database.close()
    }
  }

  /** Shortens the file by some pages; false where somebody else writes. */
  #giveBack(database: SqliteDatabase.Database): boolean {
    try {
      database.pragma(`incremental_vacuum(${PAGES})`)
      // The file itself gets shorter once what was written ahead is in it.
      database.pragma('wal_checkpoint(PASSIVE)')
      return true
    } catch (error) {
      if (storeFaultOf(error)?.mayPass) return false
      throw error
    }
  }
}
