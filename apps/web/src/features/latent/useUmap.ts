'use client'
import { useCallback, useEffect, useReducer, useState } from 'react'
import type { Embedding } from './umapLayout'
import type { UmapAnswer, UmapQuestion } from './umapProtocol'

export interface UmapState {
  readonly embedding: Embedding | null
  /** How far it is; null while it looks for neighbours, and while nothing is asked. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly isWorking: boolean
  readonly error: Error | null
  /** Ends it at once. */
  readonly cancel: () => void
  readonly retry: () => void
}

interface Work {
  readonly codes: Float32Array | null
  readonly progress: UmapState['progress']
  readonly embedding: Embedding | null
  readonly error: Error | null
  readonly isCancelled: boolean
}

const idle: Work = { codes: null, progress: null, embedding: null, error: null, isCancelled: false }

/** Lays codes `[count, size]` out by UMAP in a worker of its own; nothing for null. */
export function useUmap(codes: Float32Array | null, size: number): UmapState {
  const [work, setWork] = useState<Work>(idle)
  const [attempt, retry] = useReducer((before: number) => before + 1, 0)
  const isCurrent = work.codes === codes
  const isWanted = codes !== null && !(isCurrent && work.isCancelled)
  const isDone = isCurrent && work.embedding !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (!codes || !isWanted || isDone) return
    const worker = new Worker(new URL('./umapWorker.ts', import.meta.url), { type: 'module' })
    // Whoever cancels before this is reached has cancelled it.
    setWork((before) => (before.codes === codes ? before : { ...idle, codes }))
    const change = (changes: Partial<Work>) => setWork((before) => ({ ...before, ...changes }))
    worker.onmessage = ({ data }: MessageEvent<UmapAnswer>) => {
      if (data.type === 'progress') change({ progress: data })
      else change({ embedding: { codes, places: data.places } })
    }
    worker.onerror = ({ message }) => change({ error: new Error(message || 'its worker did not start') })
    const question: UmapQuestion = { codes, size, seed: 1 }
    worker.postMessage(question)
    return () => worker.terminate()
  }, [codes, size, attempt, isWanted, isDone])
  const cancel = useCallback(() => setWork({ ...idle, codes, isCancelled: true }), [codes])
  const again = useCallback(() => {
    setWork(idle)
    retry()
  }, [])
  return {
    embedding: isCurrent ? work.embedding : null,
    progress: isCurrent ? work.progress : null,
    isWorking: isWanted && !(isCurrent && (work.embedding || work.error)),
    error: isCurrent ? work.error : null,
    cancel,
    retry: again,
  }
}
