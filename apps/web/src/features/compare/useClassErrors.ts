import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { type UseQueryOptions, type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { ClassErrorsDocument, type ClassErrorsQuery } from '../../data/generated/graphql'
import { readUncached } from '../../data/readUncached'

type Analysis = NonNullable<ClassErrorsQuery['run']['analysis']>
export type MeasuredClasses = Omit<NonNullable<Analysis['exampleErrors']>, '__typename'> & {
  /** The epoch whose model was measured. */
  readonly epoch: number
}

/** By the ids of runs; null of runs that an earlier version measured. */
export type ClassErrorsByRun = ReadonlyMap<string, MeasuredClasses | null>

export interface ReadClassErrors {
  readonly errors: ClassErrorsByRun
  /** Runs whose errors were asked for in vain. */
  readonly failed: number
}

/** A run, and when it was measured: once it is measured again, its errors are others. */
interface MeasuredRun {
  readonly id: string
  readonly analyzedAt: string | null
}

interface ReadRun {
  readonly id: string
  readonly found: MeasuredClasses | null
}

/** Reads the errors of each class of runs that were measured, of each measurement once. Those of the one before stay until the new ones are there. */
export function useClassErrors(runs: readonly MeasuredRun[]): ReadClassErrors {
  const client = useApolloClient()
  const { read, failed } = useQueries({ queries: runs.map((run) => classErrors(client, run)), combine: together })
  const [errors, setErrors] = useState<ClassErrorsByRun>(new Map())
  const news = read.filter(({ id, found }) => errors.get(id) !== found)
  if (news.length > 0) setErrors(new Map([...errors, ...news.map(({ id, found }) => [id, found] as const)]))
  return { errors, failed }
}

/** Not of the lab's cache: there an analysis is whole. */
function classErrors(client: ApolloClient, { id, analyzedAt }: MeasuredRun): UseQueryOptions<ReadRun> {
  return {
    queryKey: ['class errors', id, analyzedAt],
    queryFn: async ({ signal }) => {
      const { run } = await readUncached(client, { query: ClassErrorsDocument, variables: { id }, signal })
      const { analysis } = run
      return { id, found: analysis?.exampleErrors ? { ...analysis.exampleErrors, epoch: analysis.epoch } : null }
    },
  }
}

function together(results: readonly UseQueryResult<ReadRun>[]) {
  return {
    read: results.flatMap(({ data }) => data ?? []),
    failed: results.filter(({ isError }) => isError).length,
  }
}
