'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCodes } from '../../entities/run/useCodes'
import { tensorsFile } from '../../files/fileSources'

/** More would be megabytes an epoch. */
const MOST_BYTES = 2_000_000

/** Fetches an epoch's codes before they are asked for, unless they are long; draws nothing. */
export function PreloadCodes({ id, epoch }: { readonly id: string; readonly epoch: number }) {
  const { codes } = useCodes(id, epoch)
  const url = codes?.epoch === epoch && 4 * codes.count * codes.dimensions.length <= MOST_BYTES ? codes.url : null
  const files = useQueryClient()
  useEffect(() => {
    // A failure shows when the epoch itself is asked for.
    if (url !== null) void files.prefetchQuery(tensorsFile(url))
  }, [files, url])
  return null
}
