'use client'
import { useCallback, useState } from 'react'
import { loadImage } from './loadImage'
import { useAttempt } from './useAttempt'

export interface StripAddresses {
  readonly epoch: number
  readonly labels: readonly number[]
  readonly originalsUrl: string
  readonly corruptedUrl: string | null
  readonly reconstructionsUrl: string
}

export interface DecodedStrips {
  readonly epoch: number
  readonly labels: readonly number[]
  readonly originals: HTMLImageElement
  /** What the encoder saw of them, where that is not themselves. */
  readonly corrupted: HTMLImageElement | null
  readonly reconstructions: HTMLImageElement
}

export interface DecodedStripsState {
  /** The latest strips that are wholly decoded; those of the epoch before stay while new ones load. */
  readonly strips: DecodedStrips | null
  readonly error: Error | null
  /** Asks for the images again. */
  readonly retry: () => void
}

/** Decodes an epoch's images before handing them out, so that a figure swaps them without flicker. */
export function useDecodedStrips(wanted: StripAddresses | null): DecodedStripsState {
  const [state, setState] = useState<Omit<DecodedStripsState, 'retry'>>({ strips: null, error: null })
  const retry = useAttempt(
    useCallback(() => {
      if (wanted === null) return
      let current = true
      const { originalsUrl, corruptedUrl, reconstructionsUrl } = wanted
      Promise.all([loadImage(originalsUrl), corruptedUrl === null ? null : loadImage(corruptedUrl), loadImage(reconstructionsUrl)]).then(
        ([originals, corrupted, reconstructions]) => {
          if (current)
            setState({ strips: { epoch: wanted.epoch, labels: wanted.labels, originals, corrupted, reconstructions }, error: null })
        },
        (error: Error) => {
          if (current) setState((before) => ({ ...before, error }))
        },
      )
      return () => {
        current = false
      }
    }, [wanted]),
  )
  return { ...state, retry }
}
