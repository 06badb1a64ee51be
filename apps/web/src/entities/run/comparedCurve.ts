import { objectiveKey, type RunConfig } from '@hourglass/autoencoders'
import { type Scored, scoredWord } from '../metric/scoredOn'

export const comparedCurves = ['validation', 'train', 'both', 'mse'] as const
export type ComparedCurve = (typeof comparedCurves)[number]

const curveTitles = {
  train: 'Training loss',
  both: 'Loss',
  mse: 'Reconstruction MSE',
} as const satisfies Record<Exclude<ComparedCurve, 'validation'>, string>

/** Titles a curve of runs, by the examples that they are scored on. */
export function curveTitle(curve: ComparedCurve, scored: Scored | 'mixed'): string {
  return curve === 'validation' ? `${scoredWord(scored)} loss` : curveTitles[curve]
}

/** Runs as far as it matters for what their losses mean. */
type Trained = readonly Pick<RunConfig, 'loss' | 'regularizer' | 'architecture'>[]

/** Tells which curve sets runs side by side: their losses where they minimize the same objective, else the error that all of them have. */
export function comparableCurve(configs: Trained): ComparedCurve {
  return new Set(configs.map(objectiveKey)).size > 1 ? 'mse' : 'validation'
}

/** Says what to know before runs with different objectives are compared by a curve; null where there is nothing to say. */
export function comparisonNote(configs: Trained, curve: ComparedCurve): string | null {
  if (comparableCurve(configs) !== 'mse') return null
  return curve === 'mse'
    ? 'These runs minimize different objectives; their reconstruction MSE is shown, which compares them.'
    : 'These runs minimize different objectives, whose values cannot be set side by side; only the reconstruction MSE compares them.'
}
