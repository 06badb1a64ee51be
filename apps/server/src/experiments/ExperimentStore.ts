import type { Database } from '../database/Database.js'
import type { Experiment } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { createRunId } from '../runs/createRunId.js'
import { insertRun, type NewRun } from '../runs/insertRun.js'
import type { RunSignals } from '../runs/RunSignals.js'
import { changeStatus, type Run, statusWhenStopped } from '../runs/RunStore.js'

export type { Experiment }

export interface NewExperiment {
  readonly name: string
  readonly presetId: string | null
  readonly quick: boolean
  readonly runs: readonly (NewRun & { readonly label: string })[]
}

/** Keeps experiments. What concerns several of their runs is one transaction: it happens to all of them or to none. */
export class ExperimentStore {
  readonly #database: Database
  readonly #signals: RunSignals

  constructor(database: Database, signals: RunSignals) {
    this.#database = database
    this.#signals = signals
  }

  async find(id: string): Promise<Experiment | null> {
    return this.#database.read.experiment.findUnique({ where: { id } })
  }

  /** Finds an experiment or throws EXPERIMENT_NOT_FOUND. */
  async requireExperiment(id: string): Promise<Experiment> {
    const experiment = await this.find(id)
    if (!experiment) throw experimentNotFound([id])
    return experiment
  }

  /** Reads the runs of an experiment in its order. */
  async runsOf(id: string): Promise<Run[]> {
    return this.#database.read.run.findMany({ where: { experimentId: id }, orderBy: { place: 'asc' } })
  }

  /** Names the experiments that runs belong to; runs without one, and those that are gone, are left out. */
  async experimentsOf(runIds: readonly string[]): Promise<string[]> {
    const members = await this.#database.read.run.findMany({
      where: { id: { in: [...runIds] }, experimentId: { not: null } },
      select: { experimentId: true },
      distinct: ['experimentId'],
    })
    return members.flatMap(({ experimentId }) => experimentId ?? [])
  }

  /** Queues all runs of a new experiment. */
  async create({ runs, ...rest }: NewExperiment): Promise<{ readonly experiment: Experiment; readonly runs: readonly Run[] }> {
    const created = await this.#database.write(async (transaction) => {
      const experiment = await transaction.experiment.create({ data: { ...rest, id: createRunId() } })
      const queued: Run[] = []
      for (const [place, { label, ...run }] of runs.entries()) {
        queued.push(await insertRun(transaction, run, { experimentId: experiment.id, place, label }))
      }
      return { experiment, runs: queued }
    })
    this.#signals.emitExperiment(created.experiment.id, 'created')
    for (const { id } of created.runs) this.#signals.emit(id, 'created')
    return created
  }

  /** Stops the runs that wait, and remembers of those that train that they are to stop; returns these. */
  async requestStop(id: string): Promise<{ readonly stopped: readonly Run[]; readonly running: readonly Run[] }> {
    const { stopped, running } = await this.#database.write(async (transaction) => {
      const ofExperiment = { experimentId: id }
      await transaction.run.updateMany({ where: { ...ofExperiment, status: 'RUNNING' }, data: { stopRequested: true } })
      const waiting = await transaction.run.findMany({ where: { ...ofExperiment, status: 'QUEUED' } })
      const data = { finishedAt: new Date() }
      const stopped: Run[] = []
      for (const queued of waiting) {
        const run = await changeStatus(transaction, queued.id, { from: ['QUEUED'], to: statusWhenStopped(queued), data })
        if (run) stopped.push(run)
      }
      return { stopped, running: await transaction.run.findMany({ where: { ...ofExperiment, status: 'RUNNING' } }) }
    })
    for (const run of [...stopped, ...running]) this.#signals.emit(run.id, 'stored')
    return { stopped, running }
  }

  /** Queues every stopped or failed run that has epochs left; returns them. */
  async resume(id: string): Promise<readonly Run[]> {
    const resumed = await this.#database.write(async (transaction) => {
      const ended = await transaction.run.findMany({
        where: { experimentId: id, status: { in: ['STOPPED', 'FAILED'] } },
        orderBy: { place: 'asc' },
      })
      const queued: Run[] = []
      for (const { id: runId } of ended.filter(({ epochs, epochsCompleted }) => epochsCompleted < epochs)) {
        const run = await changeStatus(transaction, runId, {
          from: ['STOPPED', 'FAILED'],
          to: 'QUEUED',
          data: { finishedAt: null, stopRequested: false },
        })
        if (run) queued.push(run)
      }
      return queued
    })
    for (const run of resumed) this.#signals.emit(run.id, 'stored')
    return resumed
  }

  async rename(id: string, name: string): Promise<Experiment> {
    const experiment = await this.#database.write(async (transaction) => {
      const { count } = await transaction.experiment.updateMany({ where: { id }, data: { name } })
      return count === 0 ? null : transaction.experiment.findUnique({ where: { id } })
    })
    if (!experiment) throw experimentNotFound([id])
    this.#signals.emitExperiment(id, 'stored')
    return experiment
  }

  /** Names the runs of experiments; throws EXPERIMENT_NOT_FOUND where one of these is missing. */
  async runIdsOf(ids: readonly string[]): Promise<string[]> {
    const found = await this.#database.read.experiment.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, runs: { select: { id: true } } },
    })
    const known = new Set(found.map(({ id }) => id))
    const unknown = ids.filter((id) => !known.has(id))
    if (unknown.length > 0) throw experimentNotFound(unknown)
    return found.flatMap(({ runs }) => runs.map(({ id }) => id))
  }

  /** Deletes experiments with all rows of their runs. */
  async delete(ids: readonly string[]): Promise<void> {
    const runIds = await this.#database.write(async (transaction) => {
      const runs = await transaction.run.findMany({ where: { experimentId: { in: [...ids] } }, select: { id: true } })
      await transaction.experiment.deleteMany({ where: { id: { in: [...ids] } } })
      return runs.map(({ id }) => id)
    })
    for (const id of runIds) this.#signals.emit(id, 'deleted')
    for (const id of ids) this.#signals.emitExperiment(id, 'deleted')
  }
}

function experimentNotFound(ids: readonly string[]): HourglassError {
  const named = ids
    .slice(0, 5)
    .map((id) => JSON.stringify(id))
    .join(', ')
  return new HourglassError(
    errorCodes.experimentNotFound,
    `Expected the id of an experiment, got ${named}${ids.length > 5 ? ' and others' : ''}.`,
    { ids },
  )
}
