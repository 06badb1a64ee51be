'use client'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useAttempt } from '../files/useAttempt'
import { type LatentModel, type LatentModelSource, openLatentModel } from './openLatentModel'

export interface LatentModelState {
  /** The latest model that is ready; the one before stays while another epoch's loads. */
  readonly model: LatentModel | null
  readonly error: Error | null
  /** Opens the model again. */
  readonly retry: () => void
}

/**
 * Opens the model of a checkpoint in this browser, or none for null. A source is known by its address. Epochs that come faster than their
 * models load are left out, but never put one off that is on its way: what is shown keeps up with training.
 */
export function useLatentModel(source: LatentModelSource | null): LatentModelState {
  const [state, setState] = useState<Omit<LatentModelState, 'retry'>>({ model: null, error: null })
  const wanted = useRef<LatentModelSource | null>(null)
  const opening = useRef(false)
  const leaving = useRef(new AbortController())

  const open = useEffectEvent(async () => {
    wanted.current = source
    if (opening.current) return
    opening.current = true
    const { signal } = leaving.current
    for (let next = wanted.current; next !== null && !signal.aborted; next = wanted.current) {
      try {
        const model = await openLatentModel(next, signal)
        if (signal.aborted) model.dispose()
        else setState({ model, error: null })
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause))
        if (!signal.aborted) setState((before) => ({ ...before, error }))
      }
      if (wanted.current?.url === next.url) break
    }
    // Another mount has its own signal, and begins for itself.
    if (leaving.current.signal === signal) opening.current = false
  })

  useEffect(() => {
    const own = new AbortController()
    leaving.current = own
    opening.current = false
    return () => own.abort()
  }, [])

  const url = source?.url ?? null
  const retry = useAttempt(
    useCallback(() => {
      if (url !== null) void open()
      else wanted.current = null
    }, [url]),
  )

  // Runs after the parts that draw with the model have let go of it.
  const { model } = state
  useEffect(() => () => model?.dispose(), [model])
  return { ...state, retry }
}
