import type { Database } from '../database/Database.js'
import type { Log } from '../log.js'
import { Pump } from '../Pump.js'
import type { RunRecorder } from '../runs/RunRecorder.js'
import type { RunSignals } from '../runs/RunSignals.js'
import { advanceSearch, findEndedRung } from './advanceSearch.js'

export interface SearchKeeperOptions {
  readonly database: Pick<Database, 'read'>
  readonly recorder: RunRecorder
  readonly signals: RunSignals
  /** Called when runs were queued. */
  readonly onQueued: () => void
  readonly log: Log
}

/** Pause after the store refused what was decided, in milliseconds. */
const RETRY = 1_000

/** Decides the rungs of searches as soon as their runs have ended. All that it knows is in the store, so that a start finds what the last one left undecided. */
export class SearchKeeper {
  readonly #options: SearchKeeperOptions
  readonly #pump = new Pump(() => this.#advanceAll())
  readonly #stopListening: () => void
  /** Whether any search runs: without one, what happens to runs is nobody's concern here. */
  #isSearching = false
  #retrying: NodeJS.Timeout | undefined

  constructor(options: SearchKeeperOptions) {
    this.#options = options
    this.#stopListening = options.signals.onTable((_, signal) => {
      if (this.#isSearching && signal !== 'progressed') this.#pump.run()
    })
  }

  /** Looks at all searches: at a start, and when one has begun or goes on. */
  wake(): void {
    this.#pump.run()
  }

  async close(): Promise<void> {
    this.#stopListening()
    clearTimeout(this.#retrying)
    await this.#pump.close()
  }

  async #advanceAll(): Promise<void> {
    const { database } = this.#options
    try {
      const running = await database.read.experiment.findMany({ where: { searchStatus: 'RUNNING', deletedAt: null }, select: { id: true } })
      this.#isSearching = running.length > 0
      // One that cannot be decided keeps none behind it waiting.
      for (const { id } of running) await this.#advance(id).catch((error: unknown) => this.#retry(error, id))
    } catch (error) {
      this.#retry(error)
    }
  }

  #retry(error: unknown, experimentId?: string): void {
    this.#options.log.error({ err: error, experimentId }, 'search cannot be advanced')
    clearTimeout(this.#retrying)
    this.#retrying = setTimeout(() => this.#pump.run(), RETRY).unref()
  }

  async #advance(id: string): Promise<void> {
    const { database, recorder, signals, onQueued, log } = this.#options
    // Looked at without writing, as every epoch of any run comes this way.
    if (!(await findEndedRung(database.read, id))) return
    if (!(await recorder.record((facts) => advanceSearch(facts, id)))) return
    log.info({ experimentId: id }, 'rung of a search decided')
    signals.emitExperiment(id, 'stored')
    onQueued()
  }
}
