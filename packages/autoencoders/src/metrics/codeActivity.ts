import { activeUnitShare } from './activeUnits.js'
import { requireSameLength } from './requireSameLength.js'

/** Share of a unit's largest magnitude above which it is on for an example. */
const ON_SHARE = 0.1

export interface CodeActivity {
  /** Mean of each unit over examples, [latent dimension]. */
  readonly unitMeans: readonly number[]
  /** Mean of all values of the codes: the mean activation, which sparsity penalties lower. */
  readonly meanActivation: number
  /** Share of units that are in use, as activeUnits tells by their variances; the others have collapsed. */
  readonly activeUnitShare: number
  /** Mean over examples of the share of units that are on: |zⱼ| > ON_SHARE · max |zⱼ| over the examples. 1 is dense, near 0 is sparse. */
  readonly onShare: number
}

export interface CodeActivityOptions {
  readonly latentDimension: number
  /** Whether codes are the means of a variational encoder. */
  readonly hasPrior: boolean
}

/** Describes how much of a code is used, from codes [n, latent dimension]; all moments are those of the given examples. */
export function codeActivity(codes: Float32Array, { latentDimension, hasPrior }: CodeActivityOptions): CodeActivity {
  requireSameLength('codes', codes, { other: codes, width: latentDimension })
  const count = codes.length / latentDimension
  const units = Array.from({ length: latentDimension }, (_, unit) => describeUnit(codes, unit, latentDimension))
  const meanOver = (value: (unit: (typeof units)[number]) => number) => units.reduce((sum, unit) => sum + value(unit), 0) / latentDimension
  return {
    unitMeans: units.map(({ mean }) => mean),
    meanActivation: meanOver(({ mean }) => mean),
    activeUnitShare: activeUnitShare(
      units.map(({ variance }) => variance),
      hasPrior,
    ),
    onShare: meanOver(({ onCount }) => onCount / count),
  }
}

function describeUnit(codes: Float32Array, unit: number, latentDimension: number) {
  const count = codes.length / latentDimension
  let sum = 0
  let largest = 0
  for (let index = unit; index < codes.length; index += latentDimension) {
    const value = codes[index] as number
    sum += value
    largest = Math.max(largest, Math.abs(value))
  }
  const mean = sum / count
  let deviations = 0
  let onCount = 0
  for (let index = unit; index < codes.length; index += latentDimension) {
    const value = codes[index] as number
    deviations += (value - mean) ** 2
    if (Math.abs(value) > ON_SHARE * largest) onCount += 1
  }
  return { mean, variance: deviations / count, onCount }
}
