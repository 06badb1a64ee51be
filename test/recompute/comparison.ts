import { type Measured, type Metrics, placesOf, sidesOf } from './Measured.js'
import { clip, decibelsOf, mean, meanSquaredErrorOf, similarityOf } from './measures.js'
import type { Row } from './network.js'

/** Compares what is made of examples with them, in every way that applies. */
export function comparison(
  measured: Measured,
  originals: readonly Row[],
  places = placesOf(measured, 'test', measured.counts.structuralSimilarity ?? 0),
) {
  const sides = sidesOf(measured.dataset)
  return (made: readonly Row[]): Metrics => {
    const shown = sides ? made.map(clip) : made
    const errors = {
      meanSquaredError: meanSquaredErrorOf(originals, shown),
      unclippedMeanSquaredError: meanSquaredErrorOf(originals, made),
    }
    if (!sides) return errors
    const similarities = places.map((place) =>
      similarityOf(originals[place] ?? new Float64Array(), shown[place] ?? new Float64Array(), sides),
    )
    return { ...errors, peakSignalToNoiseRatio: decibelsOf(originals, shown), structuralSimilarity: mean(similarities) }
  }
}
