'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import { type LatentModel, type LatentModelSource, openLatentModel } from './openLatentModel'

export interface LatentModelState {
  /** The latest model that is ready; the one before stays while another epoch's loads. */
  readonly model: LatentModel | null
  readonly error: Error | null
}

/** Opens the model of a checkpoint in this browser, or none for null. A source is known by its address. */
export function useLatentModel(source: LatentModelSource | null): LatentModelState {
  const [state, setState] = useState<LatentModelState>({ model: null, error: null })
  const open = useEffectEvent(async (signal: AbortSignal) => {
    if (source === null) return
    try {
      const model = await openLatentModel(source, signal)
      if (signal.aborted) model.dispose()
      else setState({ model, error: null })
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      if (!signal.aborted) setState((before) => ({ ...before, error }))
    }
  })

  const url = source?.url ?? null
  useEffect(() => {
    if (url === null) return
    const abort = new AbortController()
    void open(abort.signal)
    return () => abort.abort()
  }, [url])

  // Runs after the parts that draw with the model have let go of it.
  const { model } = state
  useEffect(() => () => model?.dispose(), [model])
  return state
}
