import type { LatentModel } from './openLatentModel'
import { type DimensionSpread, orderDimensions } from './orderDimensions'

export interface UnitEffect {
  readonly unit: DimensionSpread
  /** g(z̄ + σ e) − g(z̄), the values of one example. */
  readonly effect: Float32Array
}

/**
 * Computes what units of the code add to a reconstruction: how it changes when one of them rises by its standard deviation σ above the mean code z̄
 * of the test data. The units that vary most come first, at most `wanted` of those that vary at all.
 */
export function unitEffects(model: LatentModel, dimensions: readonly DimensionSpread[], wanted: number): readonly UnitEffect[] {
  const size = dimensions.length
  const units = orderDimensions(dimensions, 'variation')
    .slice(0, wanted)
    .filter(({ standardDeviation }) => standardDeviation > 0)
  const codes = new Float32Array((units.length + 1) * size)
  for (let row = 0; row <= units.length; row++) {
    for (const { index, mean } of dimensions) codes[row * size + index] = mean
    const unit = units[row - 1]
    if (unit) codes[row * size + unit.index] = unit.mean + unit.standardDeviation
  }
  const decoded = model.decode(codes, units.length + 1)
  const values = decoded.length / (units.length + 1)
  const base = decoded.slice(0, values)
  return units.map((unit, row) => ({
    unit,
    effect: decoded.slice((row + 1) * values, (row + 2) * values).map((value, index) => value - (base[index] ?? 0)),
  }))
}
