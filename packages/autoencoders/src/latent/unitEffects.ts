import type { LatentModel } from './LatentModel.js'
import { type DimensionSpread, orderDimensions } from './orderDimensions.js'

export interface UnitEffect {
  readonly unit: DimensionSpread
  /** g(z̄ + σ e) − g(z̄), the values of one example. */
  readonly effect: Float32Array
}

export interface UnitEffectsOptions {
  readonly dimensions: readonly DimensionSpread[]
  /** How many units at most: those that vary most, of those that vary at all. */
  readonly wanted: number
  readonly signal?: AbortSignal
}

/**
 * Computes what units of the code add to a reconstruction: how it changes when one of them rises by its standard deviation σ above the mean code z̄
 * of the test data. The units that vary most come first.
 */
export async function unitEffects(
  model: Pick<LatentModel, 'decode'>,
  { dimensions, wanted, signal }: UnitEffectsOptions,
): Promise<readonly UnitEffect[]> {
  const size = dimensions.length
  const units = orderDimensions(dimensions, 'variation')
    .slice(0, wanted)
    .filter(({ standardDeviation }) => standardDeviation > 0)
  const codes = new Float32Array((units.length + 1) * size) // the mean code, then one row a unit
  for (let row = 0; row <= units.length; row++) {
    for (const { index, mean } of dimensions) codes[row * size + index] = mean
    const unit = units[row - 1]
    if (unit) codes[row * size + unit.index] = unit.mean + unit.standardDeviation
  }
  const decoded = await model.decode(codes, units.length + 1, signal)
  const values = decoded.length / (units.length + 1)
  const base = decoded.slice(0, values)
  return units.map((unit, row) => ({
    unit,
    effect: decoded.slice((row + 1) * values, (row + 2) * values).map((value, index) => value - (base[index] ?? 0)),
  }))
}
