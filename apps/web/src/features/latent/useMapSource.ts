'use client'
import type { CodeCloud } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { useKept } from '../../files/useKept'
import { type MapExamples, mapExamples, placedExamples } from './mapExamples'
import type { MapSet, Projection } from './mapOptions'
import { type CodedPlaces, useCodedPlaces } from './useCodedExamples'
import type { EpochCloud } from './useMapFit'

interface MapSourceOptions {
  readonly runId: string
  readonly of: MapSet
  /** Whether epochs follow each other. */
  readonly isMoving: boolean
  readonly cloud: EpochCloud
  /** Codes of training examples, where the epoch keeps some and they are wanted. */
  readonly training: CodeCloud | null
  readonly projection: Projection
  readonly fittedTo: number
  readonly size: number
  readonly testCount: number
}

export interface MapSource {
  /** What is shown: what the lab computed, and until that is there what the epoch keeps. */
  readonly examples: MapExamples
  /** Those that the epoch keeps. */
  readonly kept: MapExamples
  /** Which examples are shown. */
  readonly shown: MapSet
  /** How far the lab is with those that are wanted; null where the epoch keeps these. */
  readonly coded: CodedPlaces | null
}

/** Chooses the examples that a map shows. While epochs follow each other all are too many: then it is a random choice of them. */
export function useMapSource(options: MapSourceOptions): MapSource {
  const { runId, of, isMoving, cloud, training, projection, fittedTo, size, testCount } = options
  const wanted = of === 'all' && isMoving ? 'sample' : of
  const choice = wanted === 'kept' ? null : wanted
  const set = useMemo(() => choice && { runId, epoch: cloud.epoch, choice }, [runId, cloud.epoch, choice])
  const coded = useCodedPlaces(set, projection, fittedTo)
  const arrived = useMemo(
    () => (coded.places && choice ? { choice, examples: placedExamples(coded.places) } : null),
    [coded.places, choice],
  )
  // While those of the next epoch are on their way, those of the one before stay.
  const placed = useKept(choice ? arrived : null)
  const kept = useMemo(() => mapExamples(cloud, { training, size, testCount }), [cloud, training, size, testCount])
  const isPlaced = choice !== null && placed?.choice === choice
  return { examples: isPlaced ? placed.examples : kept, kept, shown: isPlaced ? choice : 'kept', coded: choice ? coded : null }
}
