import { foldText } from '@hourglass/query'
import { createId } from '../createId.js'
import { appendLabEvent } from '../runs/labEvents.js'
import type { RunFacts } from '../runs/RunFacts.js'
import type { Experiment } from './ExperimentReader.js'

export interface ExperimentRow {
  readonly name: string
  readonly presetId: string | null
  readonly quick: boolean
}

/** Creates the row of an experiment that has no runs yet. */
export async function createExperiment(facts: RunFacts, row: ExperimentRow): Promise<Experiment> {
  const { experiment } = facts.transaction
  const { number } = await experiment.create({ data: { ...row, nameFolded: foldText(row.name), id: createId() }, select: { number: true } })
  const seq = await appendLabEvent(facts.transaction, 'EXPERIMENT_CREATED', { experimentNumber: number })
  return experiment.update({ where: { number }, data: { firstSeq: seq, lastSeq: seq } })
}
