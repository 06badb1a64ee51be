'use client'
import type { LeadingTangents, Walk } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'
import type { BrowserModel } from '../../entities/model/openLatentModel'

const MOST_TANGENTS = 8
/** Steps of a walk to either side. */
const WALK_STEPS = 40
/** Standard deviations of the codes along a tangent that it is walked along, to either side. */
const REACH = 2

/** The tangents at a code. */
export interface TangentsAt {
  readonly code: Float32Array
  readonly found: LeadingTangents
}

/** Finds the tangents of the decoder at a code; nothing for null. */
export function useTangents(model: BrowserModel | null, code: Float32Array | null): AnswerState<TangentsAt> {
  const ask = useMemo(
    () =>
      model &&
      code &&
      (async (signal: AbortSignal): Promise<TangentsAt> => ({ code, found: await model.tangents(code, MOST_TANGENTS, signal) })),
    [model, code],
  )
  return useAnswer(ask)
}

export interface TangentWalk extends Walk {
  readonly of: TangentsAt
  /** How far the example moves from the first code of the way to the last, had it gone straight. */
  readonly length: number
}

interface WalkOptions {
  /** Null before they are found. */
  readonly tangents: TangentsAt | null
  /** Which of them. */
  readonly index: number
  /** Codes of test examples, `[n, size]`, by whose spread it is said how far it is walked. */
  readonly codes: Float32Array
}

/** Walks along the decoder's surface in the direction of a tangent, as far as codes spread. */
export function useTangentWalk(model: BrowserModel | null, { tangents, index, codes }: WalkOptions): AnswerState<TangentWalk> {
  const ask = useMemo(() => {
    if (!model || !tangents || index >= tangents.found.count) return null
    const { code, found } = tangents
    const size = code.length
    const values = found.images.length / found.count
    const direction = found.directions.subarray(index * size, (index + 1) * size)
    const length = REACH * deviationAlong(codes, direction) * (found.stretches[index] as number)
    const options = {
      code,
      directions: found.directions,
      towards: found.images.slice(index * values, (index + 1) * values),
      length,
      steps: WALK_STEPS,
    }
    return async (signal: AbortSignal): Promise<TangentWalk> => ({ ...(await model.walk(options, signal)), of: tangents, length })
  }, [model, tangents, index, codes])
  return useAnswer(ask)
}

function deviationAlong(codes: Float32Array, direction: Float32Array): number {
  const size = direction.length
  const count = Math.floor(codes.length / size)
  let [sum, squares] = [0, 0]
  for (let row = 0; row < count; row++) {
    let along = 0
    for (let at = 0; at < size; at++) along += (codes[row * size + at] as number) * (direction[at] as number)
    sum += along
    squares += along * along
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}
