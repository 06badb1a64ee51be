'use client'
import { useCallback, useState } from 'react'
import { useAttempt } from '../files/useAttempt'
import type { LatentModel } from './openLatentModel'

export interface Reconstructed {
  /** What the latest model that is ready makes of the points, of their shape; null before there is one. */
  readonly values: Float32Array | null
  readonly error: Error | null
  /** Encodes and decodes again. */
  readonly retry: () => void
}

/** Encodes and decodes examples, `[count, values of one example]`, with every model anew. */
export function useReconstructed(model: LatentModel | null, examples: Float32Array, count: number): Reconstructed {
  const [state, setState] = useState<Omit<Reconstructed, 'retry'>>({ values: null, error: null })
  const retry = useAttempt(
    useCallback(() => {
      if (!model) return
      let current = true
      model.encode(examples, count).then(
        (codes) => current && codes && setState({ values: model.decode(codes, count).slice(), error: null }),
        (error: Error) => current && setState((before) => ({ ...before, error })),
      )
      return () => {
        current = false
      }
    }, [model, examples, count]),
  )
  return { ...state, retry }
}
