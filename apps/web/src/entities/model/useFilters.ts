'use client'
import type { ArchitectureConfig } from '@hourglass/autoencoders'
import { type LayerFilters, layerFilters } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'

interface FiltersState {
  /** Of the latest checkpoint that has arrived; null before there is one. */
  readonly layers: readonly LayerFilters[] | null
  readonly error: Error | null
  readonly retry: () => void
}

export interface FiltersSource {
  readonly architecture: ArchitectureConfig
  readonly exampleShape: readonly number[]
  /** Of the checkpoint; null loads none. */
  readonly url: string | null
}

const WANTED = 36

/** Reads the weights of a checkpoint's first and last layer as images. */
export function useFilters({ architecture, exampleShape, url }: FiltersSource): FiltersState {
  const { shown: parameters, error, retry } = useFile(url === null ? null : tensorsFile(url))
  const layers = useMemo(
    () => parameters && layerFilters({ architecture, exampleShape, parameters, wanted: WANTED }),
    [parameters, architecture, exampleShape],
  )
  return { layers, error, retry }
}
