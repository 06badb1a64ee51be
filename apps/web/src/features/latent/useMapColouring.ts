'use client'
import { useMemo } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { Run } from '../../entities/run/useRun'
import { type Colouring, colourByLabel, colourByValue } from './mapColouring'
import type { MapExamples } from './mapExamples'
import type { MapColour } from './mapOptions'
import { useClusters } from './useClusters'
import { useExampleErrors } from './useExampleErrors'
import type { ExamplePages } from './useExamplePages'
import type { FoundClusters } from './useFoundClusters'
import type { EpochCloud } from './useMapFit'

interface MapColouringOptions {
  readonly run: Run
  readonly colour: MapColour
  readonly hidden: readonly number[]
  readonly examples: MapExamples
  readonly cloud: EpochCloud
  readonly size: number
  readonly model: BrowserModel | null
  readonly originals: ExamplePages
  /** Whether errors are wanted for something else, too. */
  readonly needsErrors: boolean
  /** Clusters that were found of a selection; they are coloured instead of those of all. */
  readonly found: FoundClusters | null
}

export interface MapColours {
  readonly colouring: Colouring
  /** Of each test example that the epoch keeps; null where they are not computed. */
  readonly errors: Float32Array | null
  /** Of each example of the map, by its place there; null where they are not known. */
  readonly shownErrors: Float32Array | null
  /** Likewise the cluster; what is in none has a number below 0, or none. */
  readonly shownClusters: Float32Array | null
  readonly isWaiting: boolean
  /** Why they could not be computed. */
  readonly missing: Error | null
}

/** Colours the examples of a map by class, error or cluster, which are computed where they are wanted. */
export function useMapColouring(options: MapColouringOptions): MapColours {
  const { run, colour, hidden, examples, cloud, size, model, originals, needsErrors, found } = options
  const count = cloud.labels.length
  const isOfThisEpoch = model?.url !== undefined && run.checkpoints.some((one) => one.epoch === cloud.epoch && model.url.endsWith(one.url))
  const wantsErrors = (colour === 'error' && examples.errors === null) || needsErrors
  const errors = useExampleErrors({
    model: wantsErrors && isOfThisEpoch ? model : null,
    codes: cloud.codes,
    originals: originals.values,
    count,
  })
  const clusters = useClusters(colour === 'cluster' && !found ? cloud : null, { size, seed: run.config.training.seed })
  const errorsNow = errors.answer?.length === count ? errors.answer : null
  const clustersNow = clusters.answer?.length === count ? clusters.answer : null
  const shownErrors = examples.errors ?? errorsNow
  const shownClusters = useMemo(() => {
    if (colour !== 'cluster') return null
    const { labels, keptCount, rowOf } = examples
    if (found) return Float32Array.from(labels, (_, index) => found.clusterOf(rowOf(index)))
    if (!clustersNow || keptCount === 0) return null
    return Float32Array.from(labels, (_, index) => clustersNow[index] ?? Number.NaN)
  }, [colour, examples, found, clustersNow])
  const colouring = useMemo(() => {
    const { labels, keptCount } = examples
    const isHidden = (index: number) => hidden.includes(labels[index] as number)
    const padded = (values: Float32Array) => Float32Array.from(labels, (_, index) => values[index] ?? Number.NaN)
    if (found && shownClusters) {
      // Those that are in none of them stay as they are not coloured: not drawn they would leave the others without their surroundings.
      const { colours, palette } = colourByLabel(shownClusters)
      return { colours: colours.map((place, index) => (isHidden(index) || (shownClusters[index] as number) < 0 ? 0 : place)), palette }
    }
    if (colour === 'error' && shownErrors) {
      const sorted = Float32Array.from(shownErrors).sort()
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
      return colourByValue({ values: padded(shownErrors), isHidden, least: at(0.02), greatest: at(0.98) })
    }
    if (shownClusters) {
      const { colours, palette } = colourByLabel(shownClusters)
      return { colours: colours.map((place, index) => (isHidden(index) || index >= keptCount ? 0 : place)), palette }
    }
    return colourByLabel(labels, hidden)
  }, [colour, examples, hidden, shownErrors, shownClusters, found])
  const isClusterMissing = colour === 'cluster' && !found && keptOf(examples) && !clustersNow
  return {
    colouring,
    errors: errorsNow,
    shownErrors,
    shownClusters,
    isWaiting: (colour === 'error' && !shownErrors && !errors.error && !originals.error) || (isClusterMissing && !clusters.error),
    missing: colour === 'error' && !shownErrors ? (originals.error ?? errors.error) : isClusterMissing ? clusters.error : null,
  }
}

const keptOf = ({ keptCount }: MapExamples) => keptCount > 0
