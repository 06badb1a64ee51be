'use client'
import type { CodeCloud } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { useKept } from '../../files/useKept'
import { codedExamples, type MapExamples, mapExamples, placedExamples } from './mapExamples'
import type { MapSet, Projection } from './mapOptions'
import { type CodedPlaces, useCodedCodes, useCodedPlaces } from './useCodedExamples'
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
  readonly coded: Pick<CodedPlaces, 'progress' | 'places' | 'error' | 'retry'> | null
}

/** Chooses the examples that a map shows. While epochs follow each other, or are laid out by UMAP, all are too many: then it is a random choice of them. */
export function useMapSource(options: MapSourceOptions): MapSource {
  const { runId, of, isMoving, cloud, training, projection, fittedTo, size, testCount } = options
  const isUmap = projection.kind === 'umap'
  const wanted = of === 'all' && (isMoving || isUmap) ? 'sample' : of
  const choice = wanted === 'kept' ? null : wanted
  const set = useMemo(() => choice && { runId, epoch: cloud.epoch, choice }, [runId, cloud.epoch, choice])
  const placed = useCodedPlaces(set, projection, fittedTo)
  const codes = useCodedCodes(isUmap ? set : null)
  const arrived = useMemo(() => {
    if (!choice) return null
    if (isUmap) return codes.codes && { choice, isUmap, examples: codedExamples(codes.codes, size) }
    return placed.places && { choice, isUmap, examples: placedExamples(placed.places) }
  }, [placed.places, codes.codes, choice, isUmap, size])
  // While those of the next epoch are on their way, those of the one before stay.
  const latest = useKept(arrived)
  const kept = useMemo(() => mapExamples(cloud, { training, size, testCount }), [cloud, training, size, testCount])
  const isThere = latest !== null && latest.choice === choice && latest.isUmap === isUmap
  const coded = isUmap ? { ...codes, places: codes.codes } : placed
  return { examples: isThere ? latest.examples : kept, kept, shown: isThere ? latest.choice : 'kept', coded: choice ? coded : null }
}
