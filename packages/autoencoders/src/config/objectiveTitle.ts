import { encoderRowOf } from '../architectures/encoderRows.js'
import { isMoreThanError, type Objective } from './Objective.js'
import { toLabel, toWords } from './optionWords.js'
import { penaltyFactsOf } from './penaltyFactsOf.js'

/** Names what a run minimizes: its reconstruction error, `Mean squared error`, or where more is added `Objective: binary cross-entropy + β KL`. */
export function objectiveTitle(config: Objective): string {
  return isMoreThanError(config) ? `Objective: ${objectiveTerms(config)}` : toLabel(config.loss)
}

/** Writes what a run minimizes as a sum, `binary cross-entropy + β KL`. */
export function objectiveTerms(config: Objective): string {
  return [toWords(config.loss), ...addedTerms(config)].join(' + ')
}

function addedTerms({ regularizer, architecture }: Objective): readonly string[] {
  return [penaltyFactsOf(regularizer)?.term, encoderRowOf(architecture.encoder).term].filter((term) => typeof term === 'string')
}
