'use client'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'
import { modelClient } from '../../entities/model/ModelClient'

/** Computes how far a code usually lies from the nearest other one, off the thread that draws. */
export function useUsualDistance(codes: Float32Array, size: number): AnswerState<number> {
  const ask = useMemo(() => (signal: AbortSignal) => modelClient.call('usualDistance', { codes, size }, { signal }), [codes, size])
  return useAnswer(ask)
}
