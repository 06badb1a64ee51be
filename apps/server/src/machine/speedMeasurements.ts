import type { MachineMeasurement } from '@hourglass/autoencoders/training'

export interface DatedMeasurement {
  /** ISO 8601. */
  readonly at: string
  readonly measurement: MachineMeasurement
  /** How long a worker took to start. */
  readonly startSeconds: number
}

/** Share of the processors' time that other programs may take without a measurement counting as disturbed. */
export const MOST_DISTURBANCE = 0.2
/** The fastest of so many measurements counts. */
const KEPT = 5
/** Pause before a disturbed measurement is repeated, in milliseconds. */
export const RETRY_AFTER = 5 * 60_000
/** Age at which a measurement is repeated, in milliseconds: drivers, cooling and systems change. */
export const STALE_AFTER = 7 * 24 * 3_600_000

/** Tells whether one of the measurements had the machine to itself. */
export function isUndisturbed(measurements: readonly DatedMeasurement[]): boolean {
  return measurements.some(({ measurement }) => measurement.disturbance <= MOST_DISTURBANCE)
}

/** Tells whether to measure again: there is no measurement, or the last is old, or all were disturbed and some time has passed. */
export function isDue(measurements: readonly DatedMeasurement[], now: number): boolean {
  const last = measurements.at(-1)
  if (!last) return true
  return Math.abs(now - Date.parse(last.at)) > (isUndisturbed(measurements) ? STALE_AFTER : RETRY_AFTER)
}

/** Adds a measurement to the last ones. */
export function withMeasurement(measurements: readonly DatedMeasurement[], measured: DatedMeasurement): readonly DatedMeasurement[] {
  return [...measurements, measured].slice(-KEPT)
}
