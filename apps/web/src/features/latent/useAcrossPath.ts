'use client'
import { rowErrors } from '@hourglass/autoencoders'
import { type CodePath, interpolateCodes } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { LAST_PLACE } from './acrossView'

/** Images between one stop and the next, both counted. */
const STEPS = 7

export interface AcrossPath {
  /** Codes of all places that a hand can choose, `[101 or more, size]`. */
  readonly places: Float32Array
  /** What is decoded of the way, `[count, values of one]`. */
  readonly decoded: Float32Array
  readonly count: number
  /** Mean squared error of the reconstructions of the stops. */
  readonly error: number
}

/** Encodes the stops of a path in the space of one run, goes from one to the next, and decodes the way; nothing without stops. */
export function useAcrossPath(
  model: BrowserModel | null,
  { stops, count, way }: { readonly stops: Float32Array | null; readonly count: number; readonly way: CodePath },
): AnswerState<AcrossPath> {
  const ask = useMemo(() => {
    if (!model || !stops || count < 2) return null
    return async (signal: AbortSignal): Promise<AcrossPath> => {
      const codes = await model.encode(stops, count, signal)
      const size = codes.length / count
      const along = interpolateCodes(codes, { size, steps: STEPS, path: way })
      const decoded = await model.decode(along, along.length / size, signal)
      const values = stops.length / count
      const reached = new Float32Array(stops.length)
      for (let stop = 0; stop < count; stop++) {
        const at = stop * (STEPS - 1) * values
        reached.set(decoded.subarray(at, at + values), stop * values)
      }
      const errors = rowErrors(stops, reached, values)
      return {
        places: interpolateCodes(codes, { size, steps: Math.ceil(LAST_PLACE / (count - 1)) + 1, path: way }),
        decoded,
        count: along.length / size,
        error: errors.reduce((sum, error) => sum + error, 0) / count,
      }
    }
  }, [model, stops, count, way])
  return useAnswer(ask)
}
