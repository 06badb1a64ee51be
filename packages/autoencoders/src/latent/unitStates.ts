import { activeUnits } from '../metrics/activeUnits.js'
import type { DimensionSpread } from './orderDimensions.js'

/** Whether a unit of the code tells examples apart. A dead one has the same value for all of them, a collapsed one hardly varies. */
export type UnitState = 'active' | 'collapsed' | 'dead'

/** Below this share of the range of the unit that varies most, a unit’s own is rounding. */
const DEAD_SHARE = 1e-6

/** Tells of each dimension whether it is in use, as the share of active units is measured. `hasPrior` says whether the prior gives codes their scale. */
export function unitStates(dimensions: readonly DimensionSpread[], hasPrior: boolean): readonly UnitState[] {
  const widest = dimensions.reduce((most, { minimum, maximum }) => Math.max(most, maximum - minimum), 0)
  const active = activeUnits(
    dimensions.map(({ standardDeviation }) => standardDeviation ** 2),
    hasPrior,
  )
  return dimensions.map(({ minimum, maximum }, place) => {
    if (!(maximum - minimum > DEAD_SHARE * widest)) return 'dead'
    return active[place] ? 'active' : 'collapsed'
  })
}
