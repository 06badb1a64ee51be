import { useApolloClient } from '@apollo/client/react'
import { useEffect, useMemo, useState } from 'react'
import { combineLatest, map, of } from 'rxjs'
import { RUN_NOT_FOUND, toApiError } from '../data/apiError'
import { ComparedRunDocument, type ComparedRunQuery } from '../data/generated/graphql'

export type ComparedRun = ComparedRunQuery['run']

export interface ComparedRuns {
  /** The runs that are there, in the order asked for. */
  readonly runs: readonly ComparedRun[]
  /** Ids that name no run. */
  readonly missing: readonly string[]
  readonly loading: boolean
}

interface Answer {
  readonly run: ComparedRun | undefined
  readonly isMissing: boolean
  readonly loading: boolean
}

/** Reads several runs with their curves and keeps them current. A run that is already known shows at once. */
export function useComparedRuns(ids: readonly string[]): ComparedRuns {
  const client = useApolloClient()
  const key = ids.join('\n')
  const [answers, setAnswers] = useState<readonly Answer[]>([])
  useEffect(() => {
    const asked = key === '' ? [] : key.split('\n')
    const queries = asked.map((id) =>
      client.watchQuery({ query: ComparedRunDocument, variables: { id } }).pipe(
        map(({ data, error, loading }): Answer => {
          const run = data?.run as ComparedRun | undefined
          return { run, loading, isMissing: error !== undefined && toApiError(error).code === RUN_NOT_FOUND }
        }),
      ),
    )
    const subscription = (queries.length === 0 ? of([]) : combineLatest(queries)).subscribe(setAnswers)
    return () => subscription.unsubscribe()
  }, [client, key])
  return useMemo(() => {
    const asked = key === '' ? [] : key.split('\n')
    return {
      runs: answers.flatMap(({ run }) => (run && asked.includes(run.id) ? [run] : [])),
      missing: asked.filter((_, index) => answers[index]?.isMissing),
      loading: answers.length < asked.length || answers.some(({ loading, run }) => loading && !run),
    }
  }, [answers, key])
}
