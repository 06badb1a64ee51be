'use client'
import { rowErrors } from '@hourglass/autoencoders'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'

interface ExampleErrorsOptions {
  /** Null computes nothing. */
  readonly model: LatentModel | null
  /** Codes of test examples, `[count, units]`, as the model of this epoch encodes them. */
  readonly codes: Float32Array | null
  /** The same examples, `[count, values of one]`. */
  readonly originals: Float32Array | null
  readonly count: number
}

/** Computes the mean squared error of each reconstruction, `[count]`. */
export function useExampleErrors({ model, codes, originals, count }: ExampleErrorsOptions): AnswerState<Float32Array> {
  const ask = useMemo(
    () =>
      model &&
      codes &&
      originals &&
      (async (signal: AbortSignal) => rowErrors(originals, await model.decode(codes, count, signal), originals.length / count)),
    [model, codes, originals, count],
  )
  return useAnswer(ask)
}
