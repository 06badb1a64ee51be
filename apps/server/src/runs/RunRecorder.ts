import type { RunConfig } from '@hourglass/autoencoders'
import type { RunReportOf } from '@hourglass/protocol'
import type { Database } from '../database/Database.js'
import type { Patience } from '../database/StoreWriter.js'
import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { type NewRun, type ObsoleteFile, RunFacts, type StatusChange } from './RunFacts.js'
import type { RunSignals } from './RunSignals.js'
import { recordReport, type StoredReport } from './recordReport.js'
import { requireRoom } from './requireRoom.js'

/** One giving of a run to a worker. */
export interface Attempt {
  readonly runId: string
  /** Counts from 1. */
  readonly number: number
}

export interface RunRecorderOptions {
  readonly database: Database
  readonly signals: RunSignals
  /** Removes files that belong to their run no more; what it throws is its own affair. */
  readonly removeFiles: (files: readonly ObsoleteFile[]) => Promise<void>
  /** How long its writes wait for the store; by default as long as the database's. */
  readonly patience?: Patience | undefined
}

/** Logged values of one run are stored at most so often, in milliseconds. */
const LOGGING_INTERVAL = 100

interface Batch {
  readonly attempt: Attempt
  readonly reports: RunReportOf<'logged'>[]
  readonly stored: Promise<void>
  readonly storeNow: () => void
}

/**
 * The only door for facts about runs: whatever changes one goes through here, is stored in one transaction with the event that tells of it, and is
 * then told to whoever follows.
 */
export class RunRecorder {
  readonly #options: RunRecorderOptions
  readonly #batches = new Map<string, Batch>()
  readonly #loggedAt = new Map<string, number>()

  constructor(options: RunRecorderOptions) {
    this.#options = options
  }

  /** The same door for somebody with another patience. */
  within(patience: Patience): RunRecorder {
    return new RunRecorder({ ...this.#options, patience })
  }

  /**
   * Records facts in one transaction: all of them stand when the promise resolves, and none when it rejects. Where the store refuses, `work` is done again on
   * facts of its own.
   */
  async record<Result>(work: (facts: RunFacts) => Promise<Result>): Promise<Result> {
    const { database, signals, removeFiles, patience } = this.#options
    const { result, facts } = await database.write(async (transaction) => {
      const facts = new RunFacts(transaction)
      return { result: await work(facts), facts }
    }, patience)
    for (const [id, signal] of facts.changed) signals.emit(id, signal)
    if (facts.obsolete.length > 0) await removeFiles(facts.obsolete)
    return result
  }

  /** Queues a run. Throws TOO_MANY_REQUESTS where its client has `limit` in the queue. */
  launch(newRun: NewRun, limit = Number.POSITIVE_INFINITY): Promise<Run> {
    return this.record(async (facts) => {
      await requireRoom(facts.transaction, { client: newRun.client ?? '', added: 1, limit })
      return facts.launch(newRun)
    })
  }

  /** Changes a run's status if it is in one of `from`; returns null where it is not, or is gone. */
  changeStatus(id: string, change: StatusChange): Promise<Run | null> {
    return this.record((facts) => facts.changeStatus(id, change))
  }

  /** Queues a completed run again with a configuration of more epochs; returns null where it is not complete, or is gone. */
  extend(id: string, config: RunConfig): Promise<Run | null> {
    return this.record((facts) => facts.extend(id, config))
  }

  claimNext(): Promise<Run | null> {
    return this.record((facts) => facts.claimNext())
  }

  rename(id: string, name: string): Promise<Run> {
    return this.record((facts) => facts.rename(id, name))
  }

  /** Throws what a write would throw where the store takes none. */
  async requireStore(): Promise<void> {
    await this.record(async () => undefined)
  }

  requestStop(id: string): Promise<Run | null> {
    return this.record((facts) => facts.requestStop(id))
  }

  delete(ids: readonly string[]): Promise<void> {
    return this.record((facts) => facts.delete(ids))
  }

  /**
   * Stores what a worker reports; logged values of a tenth of a second become one event. Returns the run as it is then, null where it is gone.
   * Throws ATTEMPT_OVER where the run was given to another worker meanwhile, or runs no more.
   */
  async report(attempt: Attempt, report: StoredReport): Promise<Run | null> {
    if (report.type === 'logged') {
      await this.#log(attempt, report)
      return null
    }
    await this.#flush(attempt.runId)
    return this.#store(attempt, [report])
  }

  async #store(attempt: Attempt, reports: readonly StoredReport[]): Promise<Run | null> {
    return this.record(async (facts) => {
      let run = await facts.transaction.run.findUnique({ where: { id: attempt.runId } })
      if (!run) return null
      if (run.status !== 'RUNNING' || run.attempt !== attempt.number) throw attemptOver(attempt, run)
      for (const report of reports) run = await recordReport(facts, run, report)
      return run
    })
  }

  #log(attempt: Attempt, report: RunReportOf<'logged'>): Promise<void> {
    const open = this.#batches.get(attempt.runId)
    if (open?.attempt.number === attempt.number) {
      open.reports.push(report)
      return open.stored
    }
    const batch = this.#openBatch(attempt, report)
    this.#batches.set(attempt.runId, batch)
    return batch.stored
  }

  #openBatch(attempt: Attempt, report: RunReportOf<'logged'>): Batch {
    const reports = [report]
    let storeNow: () => void = () => undefined
    const due = new Promise<void>((resolve) => {
      const wait = (this.#loggedAt.get(attempt.runId) ?? 0) + LOGGING_INTERVAL - performance.now()
      const timer = setTimeout(resolve, Math.max(0, wait))
      storeNow = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    const stored = due.then(async () => {
      this.#batches.delete(attempt.runId)
      this.#loggedAt.set(attempt.runId, performance.now())
      await this.#store(attempt, joinPoints(reports))
    })
    return { attempt, reports, stored, storeNow }
  }

  /** Stores what is logged of a run and waits, before anything else of it is stored. */
  async #flush(runId: string): Promise<void> {
    const batch = this.#batches.get(runId)
    batch?.storeNow()
    // Whoever logged hears of a failure.
    await batch?.stored.catch(() => undefined)
    this.#loggedAt.delete(runId)
  }
}

/** Joins reports that follow each other on one axis. */
function joinPoints(reports: readonly RunReportOf<'logged'>[]): readonly RunReportOf<'logged'>[] {
  const joined: RunReportOf<'logged'>[] = []
  for (const report of reports) {
    const last = joined.at(-1)
    if (last?.axis === report.axis) joined[joined.length - 1] = { ...last, points: [...last.points, ...report.points] }
    else joined.push(report)
  }
  return joined
}

function attemptOver({ runId, number }: Attempt, { status, attempt }: Run): HourglassError {
  return new HourglassError(
    errorCodes.attemptOver,
    `Expected a report of the attempt that trains run ${runId} now, got one of attempt ${number}; the run is ${status} in attempt ${attempt}.`,
  )
}
