'use client'
import { useCallback, useEffect, useReducer, useState } from 'react'
import type { Embedding } from './umapLayout'
import type { UmapAnswer, UmapQuestion } from './umapProtocol'

export interface UmapState {
  readonly embedding: Embedding | null
  /** How far it is; null while it looks for neighbours, and while nothing is asked. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly isWorking: boolean
  readonly isCancelled: boolean
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
}

const idle: Work = { codes: null, progress: null, embedding: null, error: null }

interface UmapOptions {
  /** Of a code. */
  readonly size: number
  /** Whether the map is to be laid out so, with whatever codes: once that was cancelled, others are not laid out unasked. */
  readonly isChosen: boolean
}

/** Lays codes `[count, size]` out by UMAP in a worker of its own; nothing for null. */
export function useUmap(codes: Float32Array | null, { size, isChosen }: UmapOptions): UmapState {
  const [work, setWork] = useState<Work>(idle)
  const [isCancelled, setCancelled] = useState(false)
  if (isCancelled && !isChosen) setCancelled(false)
  const [attempt, retry] = useReducer((before: number) => before + 1, 0)
  const isCurrent = work.codes === codes
  const isWanted = codes !== null && !isCancelled
  const isDone = isCurrent && work.embedding !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (!codes || !isWanted || isDone) return
    const worker = new Worker(new URL('./umapWorker.ts', import.meta.url), { type: 'module' })
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
  const cancel = useCallback(() => {
    setWork(idle)
    setCancelled(true)
  }, [])
  const again = useCallback(() => {
    setWork(idle)
    setCancelled(false)
    retry()
  }, [])
  return {
    embedding: isCurrent ? work.embedding : null,
    progress: isCurrent ? work.progress : null,
    isWorking: isWanted && !(isCurrent && (work.embedding || work.error)),
    isCancelled,
    error: isCurrent ? work.error : null,
    cancel,
    retry: again,
  }
}
