'use client'
import { useCallback, useState } from 'react'
import { loadImage } from './loadImage'
import { useAttempt } from './useAttempt'

export interface ImagesState {
  /** In the order of the addresses, once all are decoded. */
  readonly images: readonly HTMLImageElement[] | null
  readonly error: Error | null
  /** Asks for all of them again. */
  readonly retry: () => void
}

/** Decodes images together; none for an empty list. */
export function useImages(urls: readonly string[]): ImagesState {
  const [state, setState] = useState<Omit<ImagesState, 'retry'>>({ images: null, error: null })
  const wanted = urls.join(' ')
  const retry = useAttempt(
    useCallback(() => {
      if (wanted === '') return
      let current = true
      Promise.all(wanted.split(' ').map(loadImage)).then(
        (images) => current && setState({ images, error: null }),
        (error: Error) => current && setState((before) => ({ ...before, error })),
      )
      return () => {
        current = false
      }
    }, [wanted]),
  )
  return { ...state, retry }
}
