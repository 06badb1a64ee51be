'use client'
import { readCodes, type StoredCodes } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { useCodes } from '../../entities/run/useCodes'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import { useKept } from '../../files/useKept'
import { type MapLayout, planeLayout } from './mapLayout'
import type { Projection } from './mapOptions'
import { frameOf, type MapFrame, placesOf, planeOf } from './mapPlane'
import { umapLayout } from './umapLayout'
import { usePrincipal } from './usePrincipal'
import { type UmapState, useUmap } from './useUmap'

/** Codes of an epoch. */
export interface EpochCloud extends StoredCodes {
  readonly epoch: number
}

interface MapFitOptions {
  /** Codes that UMAP lays out, of the epoch that the map is fitted to; null where it is not wanted, or they are not there. */
  readonly embedded?: Float32Array | null
  readonly runId: string
  /** The codes that are shown; null before they are there. */
  readonly cloud: EpochCloud | null
  readonly projection: Projection
  /** The epoch whose codes the map is fitted to. */
  readonly fittedTo: number
  readonly size: number
}

export interface MapFit {
  readonly layout: MapLayout
  readonly frame: MapFrame
}

export interface MapFitState {
  /** The latest fit; the one before stays while another is on its way. */
  readonly fit: MapFit | null
  /** How far UMAP is; null where it is not wanted. */
  readonly umap: UmapState | null
  readonly error: Error | null
  readonly retry: () => void
}

/** Fits the map to the codes of one epoch: those of others are shown in the same frame, so that what moves has changed. */
export function useMapFit({ runId, cloud, projection, fittedTo, size, embedded = null }: MapFitOptions): MapFitState {
  const isShown = cloud?.epoch === fittedTo
  const { codes, failed, retry: again } = useCodes(runId, isShown ? null : fittedTo)
  const other = codes?.epoch === fittedTo && codes.dimensions.length === size ? codes.url : null
  const file = useFile(!isShown && other !== null ? tensorsFile(other) : null)
  const fitted = useMemo(() => (isShown ? cloud : readCodes(file.arrived)), [isShown, cloud, file.arrived])
  const principal = usePrincipal(projection.kind === 'principal' ? (fitted?.trainingCodes ?? null) : null, size)
  const isUmap = projection.kind === 'umap'
  const toEmbed = isUmap ? (embedded ?? fitted?.codes ?? null) : null
  const umap = useUmap(toEmbed, { size, isChosen: isUmap })
  const fit = useMemo((): MapFit | null => {
    if (projection.kind === 'umap') {
      if (!umap.embedding) return null
      const { places } = umap.embedding
      const axis = (at: 0 | 1) => Float32Array.from({ length: places.length / 2 }, (_, row) => places[2 * row + at] as number)
      return { layout: umapLayout(umap.embedding), frame: frameOf({ x: axis(0), y: axis(1) }, false) }
    }
    if (!fitted) return null
    const found = principal.answer?.codes === fitted.trainingCodes ? principal.answer.found : null
    const plane = planeOf(projection, { size, principal: found })
    return plane && { layout: planeLayout(plane), frame: frameOf(placesOf(fitted.codes, fitted.labels, plane), plane.up === null) }
  }, [fitted, principal.answer, projection, size, umap.embedding])
  return {
    fit: useKept(fit),
    umap: isUmap ? umap : null,
    error:
      failed && !isShown
        ? new Error(`the codes of epoch ${fittedTo}, to which it is fitted, could not be read`)
        : (file.error ?? principal.error ?? umap.error),
    retry: () => {
      if (failed) void again()
      file.retry()
      principal.retry()
      if (umap.error) umap.retry()
    },
  }
}
