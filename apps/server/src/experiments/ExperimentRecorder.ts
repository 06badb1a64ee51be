import { foldText } from '@hourglass/query'
import { appendLabEvent, type LabEventOf } from '../runs/labEvents.js'
import { restoreRuns, trashRuns } from '../runs/markRuns.js'
import type { NewRun, RunFacts, StatusChange } from '../runs/RunFacts.js'
import { resumedFacts, statusWhenStopped } from '../runs/RunFacts.js'
import type { Run } from '../runs/RunReader.js'
import type { RunRecorder } from '../runs/RunRecorder.js'
import type { RunSignals } from '../runs/RunSignals.js'
import { requireRoom } from '../runs/requireRoom.js'
import { type Experiment, experimentNotFound } from './ExperimentReader.js'
import { createExperiment } from './experimentFacts.js'
import { type AddedRuns, addRuns, type GroupedRuns, joinRuns } from './growExperiment.js'
import { readSearch, runsOfRung, type Search, type SearchStatus, writeSearch } from './searchFormat.js'
import { takeOutRuns } from './takeOutRuns.js'

export interface NewExperiment {
  readonly name: string
  readonly presetId: string | null
  readonly quick: boolean
  /** Who launches it, as its runs' rows keep that; empty for the lab itself. @default '' */
  readonly client?: string
  /** How many runs of one client may wait. @default Infinity */
  readonly limit?: number
  readonly runs: readonly (NewRun & { readonly label: string })[]
  /** How the best of its runs is searched for; undefined where all are trained in full. */
  readonly search?: Pick<Search, 'eta' | 'rungs'> | undefined
}

const requeued = {
  from: ['STOPPED', 'FAILED'],
  to: 'QUEUED',
  data: resumedFacts,
} as const satisfies StatusChange

/** Records facts about experiments. What concerns several of their runs is one transaction: it happens to all of them or to none. */
export class ExperimentRecorder {
  readonly #recorder: RunRecorder
  readonly #signals: RunSignals

  constructor(recorder: RunRecorder, signals: RunSignals) {
    this.#recorder = recorder
    this.#signals = signals
  }

  /** The same for somebody whose recorder of runs is another. */
  with(recorder: RunRecorder): ExperimentRecorder {
    return new ExperimentRecorder(recorder, this.#signals)
  }

  /** Queues all runs of a new experiment. */
  async create({
    runs,
    client = '',
    limit = Number.POSITIVE_INFINITY,
    search,
    ...rest
  }: NewExperiment): Promise<{ readonly experiment: Experiment; readonly runs: readonly Run[] }> {
    const created = await this.#recorder.record(async (facts) => {
      await requireRoom(facts.transaction, { client, added: runs.length, limit })
      const experiment = await createExperiment(facts, rest)
      const queued: Run[] = []
      for (const [place, { label, ...run }] of runs.entries()) {
        queued.push(await facts.launch(run, { experimentId: experiment.id, place, label }))
      }
      if (!search) return { experiment, runs: queued }
      const begun = writeSearch({ kind: 'successiveHalving', ...search, runs: queued.map(({ id }) => id), decided: [] })
      const data = { search: begun, searchStatus: 'RUNNING' }
      return { experiment: await facts.transaction.experiment.update({ where: { id: experiment.id }, data }), runs: queued }
    })
    this.#signals.emitExperiment(created.experiment.id, 'created')
    return created
  }

  /** Queues more runs of an experiment. Throws as {@link addRuns} does, or TOO_MANY_REQUESTS. */
  async add(id: string, added: AddedRuns): Promise<Experiment> {
    const experiment = await this.#recorder.record((facts) => addRuns(facts, id, added))
    this.#signals.emitExperiment(id, 'stored')
    return experiment
  }

  /** Makes an experiment of runs that belong to none. Throws as {@link joinRuns} does. */
  async group(grouped: GroupedRuns): Promise<Experiment> {
    const experiment = await this.#recorder.record((facts) => joinRuns(facts, grouped))
    this.#signals.emitExperiment(experiment.id, 'created')
    return experiment
  }

  /** Takes runs out of an experiment, which stay. Throws as {@link takeOutRuns} does. */
  async takeOut(id: string, numbers: readonly number[]): Promise<Experiment> {
    const experiment = await this.#recorder.record((facts) => takeOutRuns(facts, id, numbers))
    this.#signals.emitExperiment(id, 'stored')
    return experiment
  }

  /** Stops the runs that wait, and the search where it is one; remembers of runs that train that they are to stop, and returns these. */
  async requestStop(
    id: string,
  ): Promise<{ readonly stopped: readonly Run[]; readonly running: readonly Run[]; readonly isSearchStopped: boolean }> {
    const requested = await this.#recorder.record(async (facts) => {
      const isSearchStopped = await changeSearch(facts, [id], { from: 'RUNNING', to: 'STOPPED' })
      const active = await facts.transaction.run.findMany({
        where: { experimentId: id, status: { in: ['QUEUED', 'RUNNING'] }, deletedAt: null },
      })
      const stopped: Run[] = []
      const running: Run[] = []
      for (const run of active) {
        if (run.status === 'RUNNING') running.push((await facts.requestStop(run.id)) ?? run)
        else {
          const change = { from: ['QUEUED'], to: statusWhenStopped(run), data: { finishedAt: new Date() } } as const
          stopped.push((await facts.changeStatus(run.id, change)) ?? run)
        }
      }
      return { stopped, running, isSearchStopped }
    })
    if (requested.isSearchStopped) this.#signals.emitExperiment(id, 'stored')
    return requested
  }

  /**
   * Queues every stopped or failed run that has epochs left, and lets a search go on that was stopped. Runs in the trash stay there, and those that a search
   * has gone on without are left as they are. Throws TOO_MANY_REQUESTS, and queues none, where a client of theirs would have more than `limit` in the queue.
   */
  async resume(
    id: string,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<{ readonly queued: readonly Run[]; readonly isSearchResumed: boolean }> {
    const resumed = await this.#recorder.record(async (facts) => {
      const isSearchResumed = await changeSearch(facts, [id], { from: 'STOPPED', to: 'RUNNING' })
      const ended = await facts.transaction.run.findMany({
        where: { experimentId: id, status: { in: ['STOPPED', 'FAILED'] }, deletedAt: null },
        orderBy: { place: 'asc' },
      })
      const passed = await runsPassed(facts, id)
      const waiting = ended.filter((run) => run.epochs !== null && run.epochsCompleted < run.epochs && !passed.has(run.id))
      for (const client of new Set(waiting.map((run) => run.client))) {
        const added = waiting.filter((run) => run.client === client).length
        await requireRoom(facts.transaction, { client, added, limit })
      }
      const queued: Run[] = []
      for (const { id: runId } of waiting) {
        const run = await facts.changeStatus(runId, requeued)
        if (run) queued.push(run)
      }
      return { queued, isSearchResumed }
    })
    if (resumed.isSearchResumed) this.#signals.emitExperiment(id, 'stored')
    return resumed
  }

  /** Throws EXPERIMENT_NOT_FOUND. */
  async rename(id: string, name: string): Promise<Experiment> {
    const renamed = await this.#recorder.record(async (facts) => {
      const experiment = await facts.transaction.experiment.findUnique({ where: { id, deletedAt: null } })
      if (!experiment) throw experimentNotFound([id])
      const lastSeq = await appendLabEvent(facts.transaction, 'EXPERIMENT_RENAMED', { experimentNumber: experiment.number })
      return facts.transaction.experiment.update({ where: { id }, data: { name, nameFolded: foldText(name), lastSeq } })
    })
    this.#signals.emitExperiment(id, 'stored')
    return renamed
  }

  /** Moves experiments to the trash with those of their runs that are not there yet. */
  async trash(ids: readonly string[], at: Date): Promise<void> {
    await this.#recorder.record(async (facts) => {
      await changeSearch(facts, ids, { from: 'RUNNING', to: 'STOPPED' })
      const where = { experimentId: { in: [...ids] }, deletedAt: null }
      const members = await facts.transaction.run.findMany({ where, select: { id: true } })
      await trashRuns(
        facts,
        members.map(({ id }) => id),
        at,
      )
      await this.#mark(facts, ids, { kind: 'EXPERIMENT_TRASHED', deletedAt: at })
    })
    for (const id of ids) this.#signals.emitExperiment(id, 'stored')
  }

  /** Takes experiments out of the trash with the runs that went there with them. Throws EXPERIMENT_NOT_FOUND. */
  async restore(ids: readonly string[]): Promise<void> {
    await this.#recorder.record(async (facts) => {
      const experiments = await facts.transaction.experiment.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, deletedAt: true },
      })
      const unknown = ids.filter((id) => !experiments.some((experiment) => experiment.id === id))
      if (unknown.length > 0) throw experimentNotFound(unknown)
      const inTrash = experiments.flatMap(({ id, deletedAt }) => (deletedAt ? [{ id, deletedAt }] : []))
      await this.#mark(
        facts,
        inTrash.map(({ id }) => id),
        { kind: 'EXPERIMENT_RESTORED', deletedAt: null },
      )
      for (const { id, deletedAt } of inTrash) {
        const members = await facts.transaction.run.findMany({ where: { experimentId: id, deletedAt }, select: { id: true } })
        await restoreRuns(
          facts,
          members.map((run) => run.id),
        )
      }
    })
    for (const id of ids) this.#signals.emitExperiment(id, 'stored')
  }

  async #mark(
    facts: RunFacts,
    ids: readonly string[],
    { kind, deletedAt }: { readonly kind: LabEventOf<'experiment'>; readonly deletedAt: Date | null },
  ): Promise<void> {
    for (const id of ids) {
      const { number } = await facts.transaction.experiment.findUniqueOrThrow({ where: { id }, select: { number: true } })
      const lastSeq = await appendLabEvent(facts.transaction, kind, { experimentNumber: number })
      await facts.transaction.experiment.update({ where: { number }, data: { deletedAt, lastSeq } })
    }
  }

  /** Deletes experiments with all rows of their runs, and leaves a mark for each. */
  async delete(ids: readonly string[]): Promise<void> {
    await this.#recorder.record(async (facts) => {
      const members = await facts.transaction.run.findMany({ where: { experimentId: { in: [...ids] } }, select: { id: true } })
      await facts.delete(members.map(({ id }) => id))
      await facts.transaction.experiment.deleteMany({ where: { id: { in: [...ids] } } })
      for (const deletedId of ids) await appendLabEvent(facts.transaction, 'EXPERIMENT_DELETED', { deletedId })
    })
    for (const id of ids) this.#signals.emitExperiment(id, 'deleted')
  }
}

/** Names the runs of a search that take no part in its rung any more. */
async function runsPassed({ transaction }: RunFacts, experimentId: string): Promise<ReadonlySet<string>> {
  const experiment = await transaction.experiment.findUnique({ where: { id: experimentId }, select: { search: true } })
  const read = readSearch(experiment?.search)
  if (!('value' in read)) return new Set()
  const inRung = new Set(runsOfRung(read.value))
  return new Set(read.value.runs.filter((id) => !inRung.has(id)))
}

/** Stops searches, or lets them go on; tells whether there was one to. */
async function changeSearch(
  facts: RunFacts,
  ids: readonly string[],
  { from, to }: { readonly from: SearchStatus; readonly to: SearchStatus },
): Promise<boolean> {
  const { experiment } = facts.transaction
  const searches = await experiment.findMany({ where: { id: { in: [...ids] }, searchStatus: from }, select: { number: true } })
  for (const { number } of searches) {
    const lastSeq = await appendLabEvent(facts.transaction, 'EXPERIMENT_SEARCH_ADVANCED', { experimentNumber: number })
    await experiment.update({ where: { number }, data: { searchStatus: to, lastSeq } })
  }
  return searches.length > 0
}
