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
import { usePrincipal } from './usePrincipal'

/** Codes of an epoch. */
export interface EpochCloud extends StoredCodes {
  readonly epoch: number
}

interface MapFitOptions {
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
  readonly error: Error | null
  readonly retry: () => void
}

/** Fits the map to the codes of one epoch: those of others are shown in the same frame, so that what moves has changed. */
export function useMapFit({ runId, cloud, projection, fittedTo, size }: MapFitOptions): MapFitState {
  const isShown = cloud?.epoch === fittedTo
  const { codes, failed, retry: again } = useCodes(runId, isShown ? null : fittedTo)
  const other = codes?.epoch === fittedTo && codes.dimensions.length === size ? codes.url : null
  const file = useFile(!isShown && other !== null ? tensorsFile(other) : null)
  const fitted = useMemo(() => (isShown ? cloud : readCodes(file.arrived)), [isShown, cloud, file.arrived])
  const principal = usePrincipal(projection.kind === 'principal' ? (fitted?.trainingCodes ?? null) : null, size)
  const fit = useMemo((): MapFit | null => {
    if (!fitted) return null
    const found = principal.answer?.codes === fitted.trainingCodes ? principal.answer.found : null
    const plane = planeOf(projection, { size, principal: found })
    return plane && { layout: planeLayout(plane), frame: frameOf(placesOf(fitted.codes, fitted.labels, plane), plane.up === null) }
  }, [fitted, principal.answer, projection, size])
  return {
    fit: useKept(fit),
    error:
      failed && !isShown
        ? new Error(`the codes of epoch ${fittedTo}, to which it is fitted, could not be read`)
        : (file.error ?? principal.error),
    retry: () => {
      if (failed) void again()
      file.retry()
      principal.retry()
    },
  }
}
