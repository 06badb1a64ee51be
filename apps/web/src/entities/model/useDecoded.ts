'use client'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'

/** Decodes codes, `[count, latent dimension]`, with every model anew, to `[count, values of one example]`; nothing without a model or codes. */
export function useDecoded(model: LatentModel | null, codes: Float32Array | null, count: number): AnswerState<Float32Array> {
  const ask = useMemo(() => (model && codes ? (signal: AbortSignal) => model.decode(codes, count, signal) : null), [model, codes, count])
  return useAnswer(ask)
}
