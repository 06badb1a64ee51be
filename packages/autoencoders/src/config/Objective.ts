import { encoderRowOf } from '../architectures/encoderRows.js'
import { isNone } from './isNone.js'
import type { RunConfig } from './RunConfig.js'

/** What of a configuration says what is minimized. What is here is asked for by the first page, which has no schema, and so no rows of penalties. */
export type Objective = Pick<RunConfig, 'loss' | 'regularizer' | 'architecture'>

/** Tells whether a run minimizes more than its reconstruction error. */
export function isMoreThanError({ regularizer, architecture }: Objective): boolean {
  return !isNone(regularizer) || encoderRowOf(architecture.encoder).term !== null
}

/** Tells objectives apart whose values cannot be set side by side: other errors, penalties or weights. */
export function objectiveKey({ loss, regularizer, architecture }: Objective): string {
  return JSON.stringify([loss, regularizer, architecture.encoder])
}
