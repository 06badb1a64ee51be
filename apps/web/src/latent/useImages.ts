'use client'
import { useEffect, useState } from 'react'
import { loadImage } from './loadImage'

export interface ImagesState {
  /** In the order of the addresses, once all are decoded. */
  readonly images: readonly HTMLImageElement[] | null
  readonly error: Error | null
}

/** Decodes images together; none for an empty list. */
export function useImages(urls: readonly string[]): ImagesState {
  const [state, setState] = useState<ImagesState>({ images: null, error: null })
  const wanted = urls.join(' ')
  useEffect(() => {
    if (wanted === '') return
    let current = true
    Promise.all(wanted.split(' ').map(loadImage)).then(
      (images) => current && setState({ images, error: null }),
      (error: Error) => current && setState((before) => ({ ...before, error })),
    )
    return () => {
      current = false
    }
  }, [wanted])
  return state
}
