'use client'
import { nearestCodes, type StoredCodes } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { computeCode } from './codeArithmetic'

export interface AcrossSum {
  readonly code: Float32Array
  readonly decoded: Float32Array
}

/** Lists the test examples that an arithmetic expression names, `[7] − mean 7`: each once. */
export function examplesIn(text: string): readonly number[] {
  return [...new Set(Array.from(text.matchAll(/\[\s*(\d{1,7})\s*\]/g), ([, number]) => Number(number)))]
}

interface AcrossSumOptions {
  readonly text: string
  readonly cloud: StoredCodes
  /** The test examples of the first run that the expression names, `[examplesIn(text), values of one]`. */
  readonly examples: Float32Array | null
  /** The code of the example that is shown, `[size]`. */
  readonly code: Float32Array | null
}

/** Computes what an expression comes to in the space of one run, and decodes it: examples are the same for all runs, means are of the run's own codes. */
export function useAcrossSum(model: BrowserModel | null, { text, cloud, examples, code }: AcrossSumOptions): AnswerState<AcrossSum> {
  const ask = useMemo(() => {
    if (!model || text.trim() === '') return null
    const named = examplesIn(text)
    if (named.length > 0 && !examples) return null
    return async (signal: AbortSignal): Promise<AcrossSum> => {
      const size = cloud.codes.length / cloud.labels.length
      const beyond = named.find((index) => index >= cloud.labels.length)
      if (beyond !== undefined)
        throw new Error(`There is no test example ${beyond}: they are counted from 0 to ${cloud.labels.length - 1}.`)
      const codes = cloud.codes.slice()
      if (examples && named.length > 0) {
        const encoded = await model.encode(examples, named.length, signal)
        for (const [row, index] of named.entries()) codes.set(encoded.subarray(row * size, (row + 1) * size), index * size)
      }
      // Means are of the codes as they are kept.
      const found = computeCode(text, {
        codes: cloud.codes,
        labels: cloud.labels,
        code: code ?? new Float32Array(size),
        selection: [],
        singles: codes,
      })
      return { code: found, decoded: await model.decode(found, 1, signal) }
    }
  }, [model, text, cloud, examples, code])
  return useAnswer(ask)
}

/** How far a code lies from the nearest one of test examples. */
export function distanceToNearest(code: Float32Array, codes: Float32Array): number {
  return nearestCodes(code, { codes, wanted: 1 })[0]?.distance ?? Number.NaN
}
