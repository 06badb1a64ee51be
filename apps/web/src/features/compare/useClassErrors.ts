import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import { ClassErrorsDocument, type ClassErrorsQuery } from '../../data/generated/graphql'

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

const withoutOne = (ids: ReadonlySet<string>, id: string) => new Set([...ids].filter((other) => other !== id))

/** Reads the errors of each class of runs that were measured, each once. */
export function useClassErrors(ids: readonly string[]): ReadClassErrors {
  const client = useApolloClient()
  const asked = useRef(new Set<string>())
  const [errors, setErrors] = useState<ClassErrorsByRun>(new Map())
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set())
  const key = ids.join(' ')
  useEffect(() => {
    for (const id of key === '' ? [] : key.split(' ')) {
      if (asked.current.has(id)) continue
      asked.current.add(id)
      // Not of the cache: there an analysis is whole.
      client
        .query({ query: ClassErrorsDocument, variables: { id }, fetchPolicy: 'no-cache' })
        .then(({ data }) => {
          const analysis = data?.run.analysis
          const found = analysis?.exampleErrors ? { ...analysis.exampleErrors, epoch: analysis.epoch } : null
          setErrors((before) => new Map(before).set(id, found))
          setFailed((before) => withoutOne(before, id))
        })
        .catch(() => {
          // Asked again with the next change of the runs.
          asked.current.delete(id)
          setFailed((before) => new Set(before).add(id))
        })
    }
  }, [client, key])
  return { errors, failed: ids.filter((id) => failed.has(id)).length }
}
