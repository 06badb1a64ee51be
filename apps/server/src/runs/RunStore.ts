import type { Database, Transaction } from '../database/Database.js'
import type { Prisma, Run, RunStatus } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { AnalysisRecord } from './AnalysisRecord.js'
import { appendEvent } from './appendEvent.js'
import { type EpochRecord, toStored } from './EpochRecord.js'
import { insertRun, type NewRun } from './insertRun.js'
import type { RunSignals } from './RunSignals.js'

export type { Run, RunStatus }

/** What one event says, read together with the epoch it reports. */
export const storedEventParts = { epochMetrics: { include: { checkpoint: true, codeSnapshot: true } } } as const
export type StoredRunEvent = Prisma.RunEventGetPayload<{ include: typeof storedEventParts }>

export interface RunFailure {
  readonly code: string
  readonly message: string
}

export interface StartedTraining {
  readonly engine: string
  /** The build of ONNX Runtime that the engine runs on, where it runs on one. */
  readonly runtime: string | null
  readonly parameterCount: number
  readonly sampleLabels: readonly number[]
  /** Whether what the encoder sees of these samples is kept beside them. */
  readonly hasCorruptedSamples: boolean
}

export interface StatusChange {
  /** Statuses in which the change may happen. */
  readonly from: readonly RunStatus[]
  readonly to: RunStatus
  readonly failure?: RunFailure | undefined
  /** What else changes in the same transaction. */
  readonly data?: Prisma.RunUpdateInput
}

/** Keeps runs. Every change commits its rows and its numbered event in one transaction, then signals. */
export class RunStore {
  readonly #database: Database
  readonly #signals: RunSignals
  readonly #reading = new Map<string, Promise<StoredRunEvent[]>>()

  constructor(database: Database, signals: RunSignals) {
    this.#database = database
    this.#signals = signals
  }

  async find(id: string): Promise<Run | null> {
    return this.#database.read.run.findUnique({ where: { id } })
  }

  async exists(id: string): Promise<boolean> {
    return (await this.#database.read.run.findUnique({ where: { id }, select: { number: true } })) !== null
  }

  /** Finds a run or throws RUN_NOT_FOUND. */
  async requireRun(id: string): Promise<Run> {
    const run = await this.find(id)
    if (!run) throw runNotFound([id])
    return run
  }

  /** Reads the events of a run after a sequence number, in order. Readers that are woken together share one reading. */
  eventsAfter(runId: string, after: number, limit: number): Promise<StoredRunEvent[]> {
    const key = `${runId}/${after}/${limit}`
    const shared = this.#reading.get(key)
    if (shared) return shared
    const reading = this.#database.read.runEvent
      .findMany({ where: { runId, seq: { gt: after } }, orderBy: { seq: 'asc' }, take: limit, include: storedEventParts })
      .finally(() => this.#reading.delete(key))
    this.#reading.set(key, reading)
    return reading
  }

  async create(newRun: NewRun): Promise<Run> {
    const run = await this.#database.write((transaction) => insertRun(transaction, newRun))
    this.#signals.emit(run.id, 'created')
    return run
  }

  /** Changes a run's status if it is in one of `from`; returns null where it is not, or is gone. */
  async changeStatus(id: string, change: StatusChange): Promise<Run | null> {
    const run = await this.#database.write((transaction) => changeStatus(transaction, id, change))
    if (run) this.#signals.emit(id, 'stored')
    return run
  }

  /** Takes the oldest queued run and marks it as running; null where none is queued. */
  async claimNext(): Promise<Run | null> {
    const run = await this.#database.write(async (transaction) => {
      const next = await transaction.run.findFirst({
        where: { status: 'QUEUED' },
        orderBy: { number: 'asc' },
        select: { id: true, startedAt: true },
      })
      if (!next) return null
      return changeStatus(transaction, next.id, {
        from: ['QUEUED'],
        to: 'RUNNING',
        data: { startedAt: next.startedAt ?? new Date(), finishedAt: null, stopRequested: false },
      })
    })
    if (run) this.#signals.emit(run.id, 'stored')
    return run
  }

  async recordStarted(id: string, started: StartedTraining): Promise<void> {
    const { engine, runtime, parameterCount, sampleLabels, hasCorruptedSamples } = started
    await this.#update(id, { engine, runtime, parameterCount, sampleLabels: [...sampleLabels], hasCorruptedSamples })
  }

  async rename(id: string, name: string): Promise<Run> {
    const run = await this.#update(id, { name })
    if (!run) throw runNotFound([id])
    return run
  }

  /** Remembers that a running run is to stop, so that a restart does not continue it; returns null where it is not running. */
  async requestStop(id: string): Promise<Run | null> {
    return this.#update(id, { stopRequested: true }, { status: 'RUNNING' })
  }

  /**
   * Stores one completed epoch with its event. An epoch that is already stored changes nothing: a run that resumes from an older state
   * trains it again, to the same values. Returns the run as it is then; null where it is gone.
   */
  async recordEpoch(id: string, record: EpochRecord): Promise<Run | null> {
    const { run, isNew } = await this.#database.write(async (transaction) => {
      const run = await transaction.run.findUnique({ where: { id } })
      if (!run || record.metrics.epoch <= run.epochsCompleted) return { run, isNew: false }
      const { epochMetrics, checkpoint, codeSnapshot, summary } = toStored(run, record)
      await transaction.epochMetrics.create({ data: epochMetrics })
      await transaction.checkpoint.create({ data: checkpoint })
      await transaction.codeSnapshot.create({ data: codeSnapshot })
      const event = { type: 'EPOCH_COMPLETED', epoch: record.metrics.epoch, at: record.finishedAt } as const
      return { run: await appendEvent(transaction, id, event, summary), isNew: true }
    })
    if (isNew) this.#signals.emit(id, 'stored')
    return run
  }

  /** Stores what a completed run was measured with, with its event; an earlier analysis gives way. Returns null where the run is gone. */
  async recordAnalysis(id: string, { measured, figures }: AnalysisRecord): Promise<Run | null> {
    const run = await this.#database.write(async (transaction) => {
      if (!(await transaction.run.findUnique({ where: { id }, select: { number: true } }))) return null
      await transaction.analysis.upsert({ where: { runId: id }, create: { runId: id, measured, figures }, update: { measured, figures } })
      return appendEvent(transaction, id, { type: 'ANALYSIS_COMPLETED' }, { analyzedAt: new Date() })
    })
    if (run) this.#signals.emit(id, 'stored')
    return run
  }

  /** Deletes runs with all their rows; throws RUN_NOT_FOUND, and deletes nothing, where one is missing. */
  async delete(ids: readonly string[]): Promise<void> {
    const experimentIds = await this.#database.write(async (transaction) => {
      const where = { id: { in: [...ids] } }
      await requireAll(transaction.run, ids)
      const members = await transaction.run.findMany({ where: { ...where, experimentId: { not: null } }, select: { experimentId: true } })
      await transaction.run.deleteMany({ where })
      return new Set(members.flatMap(({ experimentId }) => experimentId ?? []))
    })
    for (const id of ids) this.#signals.emit(id, 'deleted')
    for (const id of experimentIds) this.#signals.emitExperiment(id, 'stored')
  }

  /** Throws RUN_NOT_FOUND where one of the runs is missing. */
  async requireAll(ids: readonly string[]): Promise<void> {
    await requireAll(this.#database.read.run, ids)
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#database.read.run.count({ take: 1 })) === 0
  }

  async withStatus(status: RunStatus): Promise<Run[]> {
    return this.#database.read.run.findMany({ where: { status }, orderBy: { number: 'asc' } })
  }

  async countByStatus(status: RunStatus): Promise<number> {
    return this.#database.read.run.count({ where: { status } })
  }

  async #update(id: string, data: Prisma.RunUpdateManyMutationInput, where: Prisma.RunWhereInput = {}): Promise<Run | null> {
    const run = await this.#database.write(async (transaction) => {
      const { count } = await transaction.run.updateMany({ where: { ...where, id }, data })
      return count === 0 ? null : transaction.run.findUnique({ where: { id } })
    })
    if (run) this.#signals.emit(id, 'stored')
    return run
  }
}

/** Changes a run's status and appends the event, in the caller's transaction; returns null where the run is in none of `from`, or is gone. */
export async function changeStatus(transaction: Transaction, id: string, { from, to, failure, data }: StatusChange): Promise<Run | null> {
  const run = await transaction.run.findUnique({ where: { id }, select: { status: true } })
  if (!run || !from.includes(run.status)) return null
  const error = { errorCode: failure?.code ?? null, errorMessage: failure?.message ?? null }
  return appendEvent(transaction, id, { type: 'STATUS_CHANGED', status: to, ...error }, { ...data, status: to, ...error })
}

/** Tells what becomes of a queued run that is stopped: one that only waits to be measured is complete. */
export function statusWhenStopped({ epochs, epochsCompleted }: Pick<Run, 'epochs' | 'epochsCompleted'>): RunStatus {
  return epochsCompleted >= epochs ? 'COMPLETED' : 'STOPPED'
}

async function requireAll(runs: Transaction['run'], ids: readonly string[]): Promise<void> {
  const found = await runs.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })
  const known = new Set(found.map(({ id }) => id))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0) throw runNotFound(unknown)
}

function runNotFound(ids: readonly string[]): HourglassError {
  const named = ids
    .slice(0, 5)
    .map((id) => JSON.stringify(id))
    .join(', ')
  return new HourglassError(errorCodes.runNotFound, `Expected the id of a run, got ${named}${ids.length > 5 ? ' and others' : ''}.`, {
    ids,
  })
}
