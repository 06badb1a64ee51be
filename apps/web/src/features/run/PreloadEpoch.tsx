'use client'
import { useEffect } from 'react'
import { useReconstructions } from '../../entities/useReconstructions'
import { loadImage } from '../../files/loadImage'

/** Fetches and decodes an epoch's images before they are asked for; draws nothing. */
export function PreloadEpoch({ id, epoch }: { readonly id: string; readonly epoch: number }) {
  const { reconstructions } = useReconstructions(id, epoch)
  const url = reconstructions && reconstructions.exampleShape.length > 1 ? reconstructions.reconstructionsUrl : null
  useEffect(() => {
    // A failure shows when the epoch itself is asked for.
    if (url !== null) loadImage(url).catch(() => undefined)
  }, [url])
  return null
}
