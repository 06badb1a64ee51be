import { toLabel, toWords } from './optionWords.js'
import { penaltyFactsOf } from './penaltyFactsOf.js'
import type { RunConfig } from './RunConfig.js'

/** What of a configuration says what is minimized. */
export type Objective = Pick<RunConfig, 'loss' | 'regularizer' | 'architecture'>

/** Names what a run minimizes: its reconstruction error, `Mean squared error`, or where more is added `Objective: binary cross-entropy + β KL`. */
export function objectiveTitle(config: Objective): string {
  return isMoreThanError(config) ? `Objective: ${objectiveTerms(config)}` : toLabel(config.loss)
}

/** Writes what a run minimizes as a sum, `binary cross-entropy + β KL`. */
export function objectiveTerms(config: Objective): string {
  return [toWords(config.loss), ...addedTerms(config)].join(' + ')
}

/** Tells whether a run minimizes more than its reconstruction error. */
export function isMoreThanError(config: Objective): boolean {
  return addedTerms(config).length > 0
}

/** Tells objectives apart whose values cannot be set side by side: other errors, penalties or weights. */
export function objectiveKey({ loss, regularizer, architecture }: Objective): string {
  return JSON.stringify([loss, regularizer, architecture.encoder])
}

function addedTerms({ regularizer, architecture }: Objective): readonly string[] {
  const penalty = penaltyFactsOf(regularizer)
  return [...(penalty ? [penalty.term] : []), ...(architecture.encoder.kind === 'variational' ? ['β KL'] : [])]
}
