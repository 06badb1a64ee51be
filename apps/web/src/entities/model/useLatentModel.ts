'use client'
import { useState } from 'react'
import type { FileSource } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import { useKept } from '../../files/useKept'
import type { LatentModelSource } from './modelProtocol'
import { type BrowserModel, openLatentModel } from './openLatentModel'

export interface LatentModelState {
  /** The latest model that is ready; the one before stays while another epoch's loads. */
  readonly model: BrowserModel | null
  readonly error: Error | null
  /** Opens the model again. */
  readonly retry: () => void
}

/**
 * Opens the model of a checkpoint in this browser, or none for null. A source is known by its address. Epochs that come faster than their
 * models load are left out, but never put one off that is on its way: what is shown keeps up with training.
 */
export function useLatentModel(source: LatentModelSource | null): LatentModelState {
  const [asked, ask] = useState(source)
  const { arrived, loading, error, retry } = useFile(asked && modelOf(asked))
  if (asked?.url !== source?.url && !loading) ask(source)
  // While it is in use the cache keeps it; once it is not, the cache disposes of it.
  const shown = useKept(arrived && asked)
  const model = useFile(shown && modelOf(shown)).arrived
  return { model, error, retry }
}

function modelOf(source: LatentModelSource): FileSource<BrowserModel> {
  return {
    queryKey: ['model', source.url],
    queryFn: async ({ signal }) => {
      const model = await openLatentModel(source, signal)
      // Nobody will hear of it, so nobody would dispose of it.
      if (signal.aborted) model.dispose()
      return model
    },
  }
}
