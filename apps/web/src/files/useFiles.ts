'use client'
import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import type { FileSource } from './fileSources'
import { useKept } from './useKept'

export interface Files<File> {
  /** What is asked for, in its order, once all of it is there. */
  readonly arrived: readonly File[] | null
  /** The same, and until then what was there before. */
  readonly shown: readonly File[] | null
  readonly loading: boolean
  readonly error: Error | null
  /** Asks again for what did not arrive. */
  readonly retry: () => void
}

/** Loads files together; none for an empty list. */
export function useFiles<File>(sources: readonly FileSource<File>[]): Files<File> {
  const files = useQueries({ queries: [...sources], combine: together<File> })
  return { ...files, shown: useKept(files.arrived) }
}

/** Loads one file, or none for null; the one before stays while it loads. */
export function useFile<File>(source: FileSource<File> | null) {
  const { shown, arrived, ...state } = useFiles(source ? [source] : [])
  return { ...state, shown: shown?.[0] ?? null, arrived: arrived?.[0] ?? null }
}

function together<File>(results: readonly UseQueryResult<File>[]): Omit<Files<File>, 'shown'> {
  const files = results.flatMap(({ data }) => (data === undefined ? [] : [data]))
  const failed = results.filter(({ isError }) => isError)
  return {
    arrived: results.length > 0 && files.length === results.length ? files : null,
    loading: results.some(({ isFetching }) => isFetching),
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const { refetch } of failed) void refetch()
    },
  }
}
