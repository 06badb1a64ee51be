'use client'
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
      (async (signal: AbortSignal) => squaredErrors(originals, await model.decode(codes, count, signal), count)),
    [model, codes, originals, count],
  )
  return useAnswer(ask)
}

/** Averages the squared differences of rows `[count, size]`. */
export function squaredErrors(a: Float32Array, b: Float32Array, count: number): Float32Array {
  const size = a.length / count
  return Float32Array.from({ length: count }, (_, row) => {
    let sum = 0
    for (let at = row * size; at < (row + 1) * size; at++) sum += ((a[at] as number) - (b[at] as number)) ** 2
    return sum / size
  })
}
