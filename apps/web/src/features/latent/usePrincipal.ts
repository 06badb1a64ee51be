'use client'
import type { PrincipalDirections } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'
import { findDirections } from '../../entities/model/findDirections'

/** Directions beyond these hardly change the code. */
const MOST_DIRECTIONS = 16

export interface Principal {
  readonly found: PrincipalDirections
  /** The codes that they were found of. */
  readonly codes: Float32Array
}

/** Finds the principal directions of codes, `[n, size]`, off the thread that draws; none for null. */
export function usePrincipal(codes: Float32Array | null, size: number): AnswerState<Principal> {
  const ask = useMemo(
    () =>
      codes &&
      (async (signal: AbortSignal): Promise<Principal> => ({
        found: await findDirections(codes, { size, wanted: MOST_DIRECTIONS, signal }),
        codes,
      })),
    [codes, size],
  )
  return useAnswer(ask)
}
