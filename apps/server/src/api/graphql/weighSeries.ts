import { MAXIMUM_EPOCHS } from './maximumEpochs.js'

/** What it costs to read what a run measured, of which there may be megabytes, however little of it is answered. */
export const COST_OF_SERIES = 100

/** Weighs epochs: all of a run are read, and so many answered. */
export function weighSeries(points: number): { readonly field: number; readonly multiplier: number } {
  return { field: COST_OF_SERIES, multiplier: Math.max(1, Math.ceil(Math.min(points, MAXIMUM_EPOCHS) / 10)) }
}
