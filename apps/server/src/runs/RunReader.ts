import {
  describeRunEvent,
  historyKinds,
  type RunEventKind,
  type RunEventPayload,
  readRunEvent,
  runEventPayloads,
} from '@hourglass/protocol'
import { LRUCache } from 'lru-cache'
import type { Database } from '../database/Database.js'
import type { SeriesPoint } from '../database/SeriesPoint.js'
import type { LabEvent, Run, RunStatus } from '../generated/prisma/client.js'
import type { Log } from '../log.js'
import { requireAll, runInTrash, runNotFound } from './requireRuns.js'
import { readSeries } from './series/SeriesStore.js'

export type { Run, RunStatus }

/** A stored event together with the run as it was when the event was read. */
export interface RunEvent {
  readonly seq: number
  readonly kind: RunEventKind
  readonly at: Date
  readonly payload: RunEventPayload<RunEventKind>
  readonly run: Run
  /** What the epoch that it tells of has measured. */
  readonly point: SeriesPoint | undefined
}

/** An event of a run's history in a line. */
export interface HistoryEntry extends Pick<RunEvent, 'seq' | 'at'> {
  readonly line: string
}

export interface EventRange {
  readonly after: number
  readonly upTo?: number | undefined
}

/** A page lists no more. */
const MOST_CHILDREN = 50

/** Reads runs and their histories. */
export class RunReader {
  readonly #database: Database
  readonly #log: Log | undefined
  /** Unreadable events that the log has told of: they are read again by everybody who follows their run. */
  readonly #told = new LRUCache<number, true>({ max: 1000 })

  constructor(database: Database, log?: Log) {
    this.#database = database
    this.#log = log
  }

  /** Finds a run that is not in the trash. */
  async find(id: string): Promise<Run | null> {
    return this.#database.read.run.findUnique({ where: { id, deletedAt: null } })
  }

  /** Finds a run, in the trash too, or throws RUN_NOT_FOUND. */
  async requireStored(id: string): Promise<Run> {
    const run = await this.#database.read.run.findUnique({ where: { id } })
    if (!run) throw runNotFound([id])
    return run
  }

  /** Reads the newest runs that started from models of one. */
  async childrenOf(parentId: string): Promise<Run[]> {
    return this.#database.read.run.findMany({ where: { parentId, deletedAt: null }, orderBy: { number: 'desc' }, take: MOST_CHILDREN })
  }

  /** Whether there is a run, be it in the trash. */
  async exists(id: string): Promise<boolean> {
    return (await this.#database.read.run.findUnique({ where: { id }, select: { number: true } })) !== null
  }

  /** Finds a run or throws RUN_NOT_FOUND, which says so where it is in the trash. */
  async requireRun(id: string): Promise<Run> {
    const run = await this.#database.read.run.findUnique({ where: { id } })
    if (run && run.deletedAt === null) return run
    throw run ? runInTrash(run) : runNotFound([id])
  }

  /** Throws RUN_NOT_FOUND where one of the runs is missing, or in the trash. */
  async requireAll(ids: readonly string[]): Promise<void> {
    await requireAll(this.#database.read.run, ids, { inTrash: false })
  }

  /**
   * Reads the events of a run behind one sequence number and, where that is given, up to another, in order, each with the row as it is now. Those that this
   * version cannot read are left out, and nothing else; fewer than `limit` are all there are.
   */
  async eventsAfter(runId: string, { after, upTo }: EventRange, limit: number): Promise<readonly RunEvent[]> {
    const { read } = this.#database
    const run = await this.find(runId)
    if (!run || run.lastSeq <= after) return []
    const events: ReadableEvent[] = []
    for (let place = after, isLast = false; !isLast && events.length < limit; ) {
      const take = limit - events.length
      const rows = await read.labEvent.findMany({
        where: { runNumber: run.number, seq: { gt: place, ...(upTo === undefined ? {} : { lte: upTo }) }, kind: { in: knownKinds } },
        orderBy: { seq: 'asc' },
        take,
      })
      events.push(...rows.flatMap((row) => this.#readEvent(runId, row)))
      place = rows.at(-1)?.seq ?? place
      isLast = rows.length < take
    }
    const epochs = events.flatMap((event) => epochOf(event) ?? [])
    const [points = []] =
      epochs.length === 0
        ? []
        : await readSeries(read, [{ runNumber: run.number, axis: 'epoch', after: Math.min(...epochs) - 1, upTo: Math.max(...epochs) }])
    const byEpoch = new Map(points.map((point) => [point.at, point]))
    return events.map((event) => ({ ...event, run, point: byEpoch.get(epochOf(event) ?? 0) }))
  }

  #readEvent(runId: string, { seq, kind, at, payload }: LabEvent): readonly ReadableEvent[] {
    if (!isKnown(kind)) return []
    const read = readRunEvent(kind, payload)
    if ('value' in read) return [{ seq, kind, at, payload: read.value }]
    if (!this.#told.has(seq)) {
      this.#log?.warn({ runId, seq, kind, problem: read.problem }, 'event cannot be read and is left out')
      this.#told.set(seq, true)
    }
    return []
  }

  /** Reads the newest events of a run's history, in order; the line of one that this version cannot read says why. */
  async history(runNumber: number, limit: number): Promise<readonly HistoryEntry[]> {
    const rows = await this.#database.read.labEvent.findMany({
      where: { runNumber, kind: { in: [...historyKinds] } },
      orderBy: { seq: 'desc' },
      take: limit,
    })
    return rows.flatMap((row) => readEntry(row) ?? []).reverse()
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#database.read.run.count({ take: 1 })) === 0
  }

  /** Tells whether nobody has launched a run yet: the demonstration is the lab's own, and the first one. */
  async isFresh(): Promise<boolean> {
    return (await this.#database.read.run.count({ where: { OR: [{ number: { gt: 1 } }, { client: { not: '' } }] }, take: 1 })) === 0
  }

  async withStatus(status: RunStatus): Promise<Run[]> {
    return this.#database.read.run.findMany({ where: { status }, orderBy: { number: 'asc' } })
  }

  /**
   * Tells of a run with all its epochs whether its last worker did what it was given the run for: measured it or could not, or, where runs are not
   * measured, trained it to its end.
   */
  async isDoneSinceClaim({ number, claimedSeq }: Run, { analysis }: { readonly analysis: boolean }): Promise<boolean> {
    const kinds: RunEventKind[] = [
      'ANALYSIS_COMPLETED',
      'ANALYSIS_FAILED',
      ...(analysis ? [] : (['EPOCH_COMPLETED', 'STOPPED_EARLY'] as const)),
    ]
    const where = { runNumber: number, seq: { gt: claimedSeq }, kind: { in: kinds } }
    return (await this.#database.read.labEvent.count({ where, take: 1 })) > 0
  }

  /** Tells whether a run may be given more epochs after those that it has, by a search that goes on: it is not measured before. */
  async skipsAnalysis({ experimentId, skipsAnalysis }: Run): Promise<boolean> {
    if (!skipsAnalysis || experimentId === null) return false
    const where = { id: experimentId, searchStatus: 'RUNNING' }
    return (await this.#database.read.experiment.count({ where })) > 0
  }

  async countByStatus(status: RunStatus): Promise<number> {
    return this.#database.read.run.count({ where: { status } })
  }
}

const knownKinds = Object.keys(runEventPayloads)

/** An event whose payload is one of its kind. */
type ReadableEvent = Omit<RunEvent, 'run' | 'point'>

const isKnown = (kind: string): kind is RunEventKind => Object.hasOwn(runEventPayloads, kind)

function readEntry({ seq, kind, at, payload }: LabEvent): HistoryEntry | null {
  if (!isKnown(kind)) return null
  const read = readRunEvent(kind, payload)
  const line = 'problem' in read ? read.problem : describeRunEvent(kind, read.value)
  return line === null ? null : { seq, at, line }
}

function epochOf({ kind, payload }: ReadableEvent): number | undefined {
  return kind === 'EPOCH_COMPLETED' ? runEventPayloads.EPOCH_COMPLETED.parse(payload).epoch : undefined
}
