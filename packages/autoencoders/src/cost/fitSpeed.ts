import { fcnnlsVector } from 'ml-fcnnls'
import { secondsOf, typicalSeconds, type Work, type WorkUnit, workUnits } from './Work.js'

export interface Sample {
  readonly work: Work
  readonly seconds: number
}

export type SecondsPer = Readonly<Record<WorkUnit, number>>

/** What it costs, in relative error of one sample, that a unit takes twice as long as the machine's speed over all makes one expect. */
const STIFFNESS = 0.3

/**
 * Fits the seconds that one of each unit of work takes, none of them negative, to measured samples: least squares of relative errors. One number says how
 * fast the machine is over all; each unit may deviate from it as far as the samples ask for. So a few noisy samples do, and a unit that none of
 * them holds gets the machine's speed.
 */
export function fitSpeed(samples: readonly Sample[]): SecondsPer {
  const ratios = samples.map(({ work, seconds }) => secondsOf(work, typicalSeconds) / seconds)
  const scale = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.reduce((sum, ratio) => sum + ratio * ratio, 0)
  const expected = (unit: WorkUnit) => scale * typicalSeconds[unit]
  // Unknown: each unit's time over what is expected of it. Each sample says that its predicted time over its seconds is 1.
  const measured = samples.map(({ work, seconds }) => workUnits.map((unit) => (work[unit] * expected(unit)) / seconds))
  const stiff = workUnits.map((_, index) => workUnits.map((__, other) => (index === other ? STIFFNESS : 0)))
  const right = [...samples.map(() => 1), ...workUnits.map(() => STIFFNESS)]
  const deviations = fcnnlsVector([...measured, ...stiff], right).K.to1DArray()
  return Object.fromEntries(workUnits.map((unit, index) => [unit, (deviations[index] ?? 1) * expected(unit)])) as Record<WorkUnit, number>
}
