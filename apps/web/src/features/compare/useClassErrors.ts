import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import { ClassErrorsDocument, type ClassErrorsQuery } from '../../data/generated/graphql'

type Analysis = NonNullable<ClassErrorsQuery['run']['analysis']>
export type MeasuredClasses = Omit<NonNullable<Analysis['exampleErrors']>, '__typename'> & {
  /** The epoch whose model was measured. */
  readonly epoch: number
}

/** By the ids of runs; null of runs that an earlier version measured, and of those that cannot be read. */
export type ClassErrorsByRun = ReadonlyMap<string, MeasuredClasses | null>

/** Reads the errors of each class of runs that were measured, each once. */
export function useClassErrors(ids: readonly string[]): ClassErrorsByRun {
  const client = useApolloClient()
  const asked = useRef(new Set<string>())
  const [errors, setErrors] = useState<ClassErrorsByRun>(new Map())
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
          return analysis?.exampleErrors ? { ...analysis.exampleErrors, epoch: analysis.epoch } : null
        })
        .catch(() => {
          // Asked again with the next change of the runs.
          asked.current.delete(id)
          return null
        })
        .then((found) => setErrors((before) => new Map(before).set(id, found)))
    }
  }, [client, key])
  return errors
}
