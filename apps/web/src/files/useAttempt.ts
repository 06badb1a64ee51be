'use client'
import { type EffectCallback, useEffect, useReducer } from 'react'

/** Runs an effect, which `useCallback` keeps, whenever it changes, and again each time that what it returns is called. */
export function useAttempt(effect: EffectCallback): () => void {
  const [attempt, retry] = useReducer((before: number) => before + 1, 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt does the same again
  useEffect(effect, [effect, attempt])
  return retry
}
