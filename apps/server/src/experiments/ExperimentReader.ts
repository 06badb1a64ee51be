import type { Database } from '../database/Database.js'
import type { Experiment } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Run } from '../runs/RunReader.js'

export type { Experiment }

/** Reads experiments. */
export class ExperimentReader {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Finds an experiment that is not in the trash. */
  async find(id: string): Promise<Experiment | null> {
    return this.#database.read.experiment.findUnique({ where: { id, deletedAt: null } })
  }

  /** Finds, of each of the chapter's experiments and of its quick version, the one that was launched last and is not in the trash; the newest first. */
  async newestOfPresets(): Promise<Experiment[]> {
    const newest = await this.#database.read.experiment.groupBy({
      by: ['presetId', 'quick'],
      where: { presetId: { not: null }, deletedAt: null },
      _max: { number: true },
    })
    const numbers = newest.flatMap(({ _max: { number } }) => number ?? [])
    return this.#database.read.experiment.findMany({ where: { number: { in: numbers } }, orderBy: { number: 'desc' } })
  }

  /** Finds an experiment or throws EXPERIMENT_NOT_FOUND. */
  async requireExperiment(id: string): Promise<Experiment> {
    const experiment = await this.find(id)
    if (!experiment) throw experimentNotFound([id])
    return experiment
  }

  /** Finds an experiment, in the trash too, or throws EXPERIMENT_NOT_FOUND. */
  async requireStored(id: string): Promise<Experiment> {
    const experiment = await this.#database.read.experiment.findUnique({ where: { id } })
    if (!experiment) throw experimentNotFound([id])
    return experiment
  }

  /** Reads the runs of an experiment in its order, without those in the trash. */
  async runsOf(id: string): Promise<Run[]> {
    return this.#database.read.run.findMany({ where: { experimentId: id, deletedAt: null }, orderBy: { place: 'asc' } })
  }

  /** Finds the runs of experiments; throws EXPERIMENT_NOT_FOUND where one of these is missing or, unless asked otherwise, in the trash. */
  async membersOf(
    ids: readonly string[],
    { inTrash = false }: { readonly inTrash?: boolean } = {},
  ): Promise<readonly { readonly id: string; readonly number: number }[]> {
    const found = await this.#database.read.experiment.findMany({
      where: { id: { in: [...ids] }, ...(inTrash ? {} : { deletedAt: null }) },
      select: { id: true, runs: { select: { id: true, number: true } } },
    })
    const known = new Set(found.map(({ id }) => id))
    const unknown = ids.filter((id) => !known.has(id))
    if (unknown.length > 0) throw experimentNotFound(unknown)
    return found.flatMap(({ runs }) => runs)
  }
}

/** Says that experiments are not there. */
export function experimentNotFound(ids: readonly string[]): HourglassError {
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
