'use client'
import { useMemo } from 'react'
import { modelClient } from '../../entities/model/ModelClient'
import { type AnswerState, useAnswer } from '../../entities/model/useAnswer'

/** Computes how far a code usually lies from the nearest other one, off the thread that draws. */
export function useUsualDistance(codes: Float32Array, size: number): AnswerState<number> {
  const ask = useMemo(() => (signal: AbortSignal) => modelClient.call('usualDistance', { codes, size }, { signal }), [codes, size])
  return useAnswer(ask)
}
