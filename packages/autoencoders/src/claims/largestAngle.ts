import type { Bounds } from './Bounds.js'
import { type Case, valueCase } from './Case.js'
import type { RunFacts } from './RunFacts.js'
import { measured, workedOut } from './Term.js'

/** Sets the largest angle between what a linear decoder reaches and what principal components do, in degrees, against bounds. */
export function largestAngle(run: RunFacts, bounds: Bounds): Case {
  const { value } = measured(run, 'subspaceAngle')
  return valueCase(
    workedOut({ title: 'Largest angle to PCA', runs: run, value: value === null ? null : (value * 180) / Math.PI, unit: '°' }),
    bounds,
  )
}
