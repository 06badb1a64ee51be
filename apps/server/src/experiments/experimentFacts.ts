import { foldText } from '@hourglass/query'
import { createId } from '../runs/createId.js'
import type { RunFacts } from '../runs/RunFacts.js'
import type { Experiment } from './ExperimentReader.js'

export type ExperimentEvent =
  | 'EXPERIMENT_CREATED'
  | 'EXPERIMENT_RENAMED'
  | 'EXPERIMENT_RUNS_ADDED'
  | 'EXPERIMENT_RUNS_TAKEN_OUT'
  | 'EXPERIMENT_SEARCH_ADVANCED'
  | 'EXPERIMENT_TRASHED'
  | 'EXPERIMENT_RESTORED'
  | 'EXPERIMENT_DELETED'

/** Appends an event to an experiment's history, or that of the lab where it is deleted; returns its sequence number. */
export async function appendEvent(
  { transaction }: RunFacts,
  kind: ExperimentEvent,
  subject: { readonly experimentNumber: number } | { readonly deletedId: string },
): Promise<number> {
  const { seq } = await transaction.labEvent.create({ data: { kind, payload: {}, ...subject }, select: { seq: true } })
  return seq
}

export interface ExperimentRow {
  readonly name: string
  readonly presetId: string | null
  readonly quick: boolean
}

/** Creates the row of an experiment that has no runs yet. */
export async function createExperiment(facts: RunFacts, row: ExperimentRow): Promise<Experiment> {
  const { experiment } = facts.transaction
  const { number } = await experiment.create({ data: { ...row, nameFolded: foldText(row.name), id: createId() }, select: { number: true } })
  const seq = await appendEvent(facts, 'EXPERIMENT_CREATED', { experimentNumber: number })
  return experiment.update({ where: { number }, data: { firstSeq: seq, lastSeq: seq } })
}
