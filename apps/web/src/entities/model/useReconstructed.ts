'use client'
import { type LatentModel, reconstruct } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { useAnswer } from '../../data/useAnswer'

export interface Reconstructed {
  /** What the latest model that is ready makes of the points, of their shape; null before there is one. */
  readonly values: Float32Array | null
  readonly error: Error | null
  /** Encodes and decodes again. */
  readonly retry: () => void
}

/** Encodes and decodes examples, `[count, values of one example]`, with every model anew. */
export function useReconstructed(model: LatentModel | null, examples: Float32Array, count: number): Reconstructed {
  const ask = useMemo(() => model && ((signal: AbortSignal) => reconstruct(model, { examples, count, signal })), [model, examples, count])
  const { answer, error, retry } = useAnswer(ask)
  return { values: answer, error, retry }
}
