'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { imageFile } from '../../files/fileSources'

/** Fetches and decodes an epoch's images before they are asked for; draws nothing. */
export function PreloadEpoch({ id, epoch }: { readonly id: string; readonly epoch: number }) {
  const { reconstructions } = useReconstructions(id, epoch)
  const url = reconstructions && reconstructions.exampleShape.length > 1 ? reconstructions.reconstructionsUrl : null
  const files = useQueryClient()
  useEffect(() => {
    // A failure shows when the epoch itself is asked for.
    if (url !== null) void files.prefetchQuery(imageFile(url))
  }, [files, url])
  return null
}
