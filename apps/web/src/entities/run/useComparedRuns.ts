import { useApolloClient } from '@apollo/client/react'
import { useEffect, useMemo, useState } from 'react'
import { combineLatest, map, of } from 'rxjs'
import { RUN_NOT_FOUND, toApiError } from '../../data/apiError'
import { extendCurves } from '../../data/extendCurves'
import { ComparedRunDocument, type ComparedRunQuery } from '../../data/generated/graphql'
import { isReadable, type Readable } from './readableRun'

type SentRun = ComparedRunQuery['run']

export type ComparedRun = Readable<SentRun>

export interface ComparedRuns {
  /** The runs that are there, in the order asked for. */
  readonly runs: readonly ComparedRun[]
  /** Those that this version cannot read. */
  readonly unreadable: readonly SentRun[]
  /** Ids that name no run. */
  readonly missing: readonly string[]
  readonly loading: boolean
}

export interface ComparedRunsOptions {
  /** Curves have about so many epochs, all of them where it is null; while it is undefined nothing is read. */
  readonly maxPoints: number | null | undefined
  /** Whether all that epochs were measured with is read, and not losses and times alone. @default false */
  readonly withMetrics?: boolean
}

interface Answer {
  readonly run: SentRun | undefined
  readonly isMissing: boolean
  readonly loading: boolean
}

/**
 * Reads several runs with their curves and keeps them current. A run that is already known shows at once.
 */
export function useComparedRuns(ids: readonly string[], { maxPoints, withMetrics = false }: ComparedRunsOptions): ComparedRuns {
  const client = useApolloClient()
  const key = ids.join('\n')
  const [answers, setAnswers] = useState<readonly Answer[]>([])
  useEffect(() => {
    if (maxPoints === undefined) return
    const asked = key === '' ? [] : key.split('\n')
    const queries = asked.map((id) =>
      client.watchQuery({ query: ComparedRunDocument, variables: { id, maxPoints, withMetrics } }).pipe(
        map(({ data, error, loading }): Answer => {
          const run = data?.run as SentRun | undefined
          return { run, loading, isMissing: error !== undefined && toApiError(error).code === RUN_NOT_FOUND }
        }),
      ),
    )
    const curves = extendCurves(client, { maxPoints, withMetrics })
    const subscription = (queries.length === 0 ? of([]) : combineLatest(queries)).subscribe((current) => {
      // A chart that is drawn in another width keeps its lines until the new ones are there.
      setAnswers((before) =>
        current.map((answer, place) =>
          answer.loading && !answer.run ? (before.find(({ run }) => run?.id === asked[place]) ?? answer) : answer,
        ),
      )
      curves.look(current.flatMap(({ run }) => run ?? []))
    })
    return () => {
      subscription.unsubscribe()
      curves.stop()
    }
  }, [client, key, maxPoints, withMetrics])
  return useMemo(() => {
    const asked = key === '' ? [] : key.split('\n')
    const found = answers.flatMap(({ run }) => (run && asked.includes(run.id) ? [run] : []))
    return {
      runs: found.filter(isReadable),
      unreadable: found.filter((run) => !isReadable(run)),
      missing: asked.filter((_, index) => answers[index]?.isMissing),
      loading: answers.length < asked.length || answers.some(({ loading, run }) => loading && !run),
    }
  }, [answers, key])
}
