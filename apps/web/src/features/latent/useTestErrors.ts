'use client'
import { rowErrors } from '@hourglass/autoencoders'
import { type LatentModel, reconstruct } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'

/** Test examples whose errors say what is usual. */
const MOST_EXAMPLES = 1000

/** Computes the mean squared errors of test examples that are encoded and decoded as they are, of up to 1,000; nothing for null. */
export function useTestErrors(
  model: LatentModel | null,
  { originals, size }: { readonly originals: Float32Array | null; readonly size: number },
): AnswerState<Float32Array> {
  const ask = useMemo(() => {
    if (!model || !originals) return null
    const count = Math.min(MOST_EXAMPLES, originals.length / size)
    const examples = originals.subarray(0, count * size)
    return async (signal: AbortSignal) => rowErrors(examples, await reconstruct(model, { examples, count, signal }), size)
  }, [model, originals, size])
  return useAnswer(ask)
}
