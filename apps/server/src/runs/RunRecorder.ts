import type { RunConfig } from '@hourglass/autoencoders'
import { axes, type RunReportOf } from '@hourglass/protocol'
import type { Database } from '../database/Database.js'
import type { Patience } from '../database/StoreWriter.js'
import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { type DroppedModels, dropModels } from './dropModels.js'
import { type LabBuild, type NewRun, type ObsoleteFile, RunFacts, type StatusChange } from './RunFacts.js'
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
  /** Of the lab that gives runs to workers. @default one that is not known */
  readonly build?: LabBuild | undefined
  /** How long its writes wait for the store; by default as long as the database's. */
  readonly patience?: Patience | undefined
}

/** Logged values of one run are stored at most so often, in milliseconds. */
const LOGGING_INTERVAL = 100

interface Batch {
  readonly attempt: Attempt
  readonly reports: RunReportOf<'logged'>[]
  readonly stored: Promise<void>
  /** Gives it to the store, once. */
  readonly store: () => void
}

/**
 * The only door for facts about runs: whatever changes one goes through here, is stored in one transaction with the event that tells of it, and is
 * then told to whoever follows.
 */
export class RunRecorder {
  readonly #options: RunRecorderOptions
  readonly #batches = new Map<string, Batch>()
  /** Until when values that are logged of a run wait for more. */
  readonly #restsUntil = new Map<string, number>()

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

  /**
   * Queues a completed run again with a configuration of more epochs; returns null where it is not complete, or is gone. Throws TOO_MANY_REQUESTS where
   * its client has `limit` in the queue.
   */
  extend(id: string, config: RunConfig, limit = Number.POSITIVE_INFINITY): Promise<Run | null> {
    return this.record(async (facts) => {
      const run = await facts.transaction.run.findUnique({ where: { id }, select: { client: true, status: true } })
      if (run?.status === 'COMPLETED') await requireRoom(facts.transaction, { client: run.client, added: 1, limit })
      return facts.extend(id, config)
    })
  }

  /**
   * Queues a run again that is in one of `from`; returns null where it is not, or is gone. Throws TOO_MANY_REQUESTS where its client has `limit` in the
   * queue.
   */
  queueAgain(id: string, change: Omit<StatusChange, 'to'>, limit = Number.POSITIVE_INFINITY): Promise<Run | null> {
    return this.record(async (facts) => {
      const run = await facts.transaction.run.findUnique({ where: { id }, select: { client: true, status: true } })
      if (run && change.from.includes(run.status)) await requireRoom(facts.transaction, { client: run.client, added: 1, limit })
      return facts.changeStatus(id, { ...change, to: 'QUEUED' })
    })
  }

  /** @param mayStart Whether a run may be given to a worker; `others` where those behind it may be asked for instead. */
  claimNext(mayStart?: (run: Run) => boolean | 'others'): Promise<Run | null> {
    return this.record((facts) => facts.claimNext(mayStart, this.#options.build))
  }

  rename(id: string, name: string): Promise<Run> {
    return this.record((facts) => facts.rename(id, name))
  }

  /** Throws what a write would throw where the store takes none. */
  async requireStore(): Promise<void> {
    await this.record(async () => undefined)
  }

  /** Takes models of epochs off the list of a run that has ended; null where it is gone, or was given to a worker since `run` was read. */
  dropModels(run: Run, dropped: DroppedModels): Promise<Run | null> {
    return this.record((facts) => dropModels(facts, run, dropped))
  }

  requestStop(id: string): Promise<Run | null> {
    return this.record((facts) => facts.requestStop(id))
  }

  delete(ids: readonly string[]): Promise<void> {
    return this.record((facts) => facts.delete(ids))
  }

  /**
   * Stores what a worker reports, in the order in which it does; logged values of a tenth of a second together. Returns the run as it is then, null where it is
   * gone. Throws ATTEMPT_OVER where the run was given to another worker meanwhile, or runs no more.
   */
  async report(attempt: Attempt, report: StoredReport): Promise<Run | null> {
    if (report.type === 'logged') {
      await this.#log(attempt, report)
      return null
    }
    // Writes keep their order: what was logged before is stored first. Whoever logged hears of a failure.
    this.#batches.get(attempt.runId)?.store()
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
    const { runId, number } = attempt
    const open = this.#batches.get(runId)
    if (open?.attempt.number === number) {
      open.reports.push(report)
      return open.stored
    }
    open?.store()
    const batch = this.#openBatch(attempt, report)
    this.#batches.set(runId, batch)
    return batch.stored
  }

  #openBatch(attempt: Attempt, report: RunReportOf<'logged'>): Batch {
    const { runId } = attempt
    const reports = [report]
    let settle: (stored: Promise<void>) => void = () => undefined
    const stored = new Promise<void>((resolve) => {
      settle = resolve
    })
    const store = () => {
      clearTimeout(timer)
      if (this.#batches.get(runId) === batch) this.#batches.delete(runId)
      const joined = joinPoints(reports)
      this.#rest(runId, joined.length)
      settle(this.#store(attempt, joined).then(() => undefined))
    }
    const timer = setTimeout(store, Math.max(0, (this.#restsUntil.get(runId) ?? 0) - performance.now()))
    const batch = { attempt, reports, stored, store }
    return batch
  }

  /** Keeps what is logged of a run next for as long as `events` events of it take. */
  #rest(runId: string, events: number): void {
    const now = performance.now()
    for (const [id, until] of this.#restsUntil) if (until < now) this.#restsUntil.delete(id)
    this.#restsUntil.set(runId, now + events * LOGGING_INTERVAL)
  }
}

/** Joins reports of one axis: each becomes one event. */
function joinPoints(reports: readonly RunReportOf<'logged'>[]): readonly RunReportOf<'logged'>[] {
  return axes.flatMap((axis) => {
    const points = reports.flatMap((report) => (report.axis === axis ? report.points : []))
    return points.length === 0 ? [] : [{ type: 'logged', axis, points }]
  })
}

function attemptOver({ runId, number }: Attempt, { status, attempt }: Run): HourglassError {
  return new HourglassError(
    errorCodes.attemptOver,
    `Expected a report of the attempt that trains run ${runId} now, got one of attempt ${number}; the run is ${status} in attempt ${attempt}.`,
  )
}
