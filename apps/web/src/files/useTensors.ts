'use client'
import { useCallback, useState } from 'react'
import { loadTensors, type Tensors } from './loadTensors'
import { useAttempt } from './useAttempt'

export interface TensorsState {
  /** The latest file that arrived; the one before stays while a new one loads. */
  readonly tensors: Tensors | null
  /** Address of `tensors`. */
  readonly url: string | null
  readonly error: Error | null
  /** Asks for the file again. */
  readonly retry: () => void
}

/** Loads the tensors of a file, or nothing for null. */
export function useTensors(url: string | null): TensorsState {
  const [state, setState] = useState<Omit<TensorsState, 'retry'>>({ tensors: null, url: null, error: null })
  const retry = useAttempt(
    useCallback(() => {
      if (url === null) return
      const abort = new AbortController()
      loadTensors(url, abort.signal).then(
        (tensors) => setState({ tensors, url, error: null }),
        (error: Error) => {
          if (!abort.signal.aborted) setState((before) => ({ ...before, error }))
        },
      )
      return () => abort.abort()
    }, [url]),
  )
  return { ...state, retry }
}
