import { examplesOf, isMoreThanError, type Measurement, type Objective, type RunConfig } from '@hourglass/autoencoders'

/** What a run is scored on after each epoch: examples that are held out for validation, or test examples where none are. */
export type Scored = 'validation' | 'test'

/** Tells what a run is scored on after each epoch. */
export function scoredOn(config: Pick<RunConfig, 'data'>): Scored {
  return examplesOf(config).validation > 0 ? 'validation' : 'test'
}

/** Tells what several runs are scored on; mixed where they are not all scored on the same kind. */
export function scoredTogether(configs: readonly Pick<RunConfig, 'data'>[]): Scored | 'mixed' {
  const [first = 'validation', ...others] = new Set(configs.map(scoredOn))
  return others.length > 0 ? 'mixed' : first
}

const words = { validation: 'Validation', test: 'Test', mixed: 'Validation or test' } as const satisfies Record<Scored | 'mixed', string>

/** Names what is scored at the beginning of a title, `Validation loss`. */
export function scoredWord(scored: Scored | 'mixed'): string {
  return words[scored]
}

/** Says what to know where runs of both kinds stand together; null where they are all of one. */
export function mixedNote(scored: Scored | 'mixed'): string | null {
  return scored === 'mixed'
    ? 'Some of these runs hold examples out and are scored on them after each epoch; the others are scored on test examples.'
    : null
}

/** What of a configuration says what its losses are called. */
export type Titling = Pick<RunConfig, 'data'> & Objective

/** Calls what runs minimize a loss where that is their error alone, and an objective where any of them adds to it. */
export function lossWord(configs: readonly Objective[]): 'loss' | 'objective' {
  return configs.some(isMoreThanError) ? 'objective' : 'loss'
}

/** Names what runs are scored by after each epoch: `Validation loss`, `Test objective`. */
export function scoredLoss(configs: readonly Titling[]): string {
  return `${scoredWord(scoredTogether(configs))} ${lossWord(configs)}`
}

/** Gives a measurement the title that it has for some runs: what they are scored on and what they minimize are part of some. */
export function titledRow<Row extends Measurement>(row: Row, configs: readonly Titling[]): Row {
  if (row.id === 'trainLoss') return { ...row, title: `Training ${lossWord(configs)}` }
  return row.id === 'validationLoss' ? { ...row, title: scoredLoss(configs) } : row
}
