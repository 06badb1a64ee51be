import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client'
import { CombinedGraphQLErrors } from '@apollo/client/errors'
import { defer, map, type Observable, repeat, retry, switchMap, throwError, timer } from 'rxjs'
import { retryAfterSeconds } from './apiError'
import { noteRefusal } from './refusals'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 8_000

export interface ResumingSubscriptionOptions<Data, Variables extends OperationVariables> {
  readonly subscription: TypedDocumentNode<Data, Variables>
  /** Called before each attempt, so that it can continue after the last event that arrived. */
  readonly variables: () => Variables | Promise<Variables>
  /** Whether to subscribe again when the server ends the stream by itself. */
  readonly repeatWhile?: () => boolean
  /** Whether an error with which the API answered is one after which to subscribe again, as after a drop. @default none */
  readonly isPassing?: (error: unknown) => boolean
}

/**
 * Subscribes, and subscribes again with a growing delay whenever the connection drops. Comes back when it was told to, and errors only
 * where the API answered with another error that does not pass. Leaves the cache alone.
 */
export function resumingSubscription<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  { subscription, variables, repeatWhile = () => true, isPassing = () => false }: ResumingSubscriptionOptions<Data, Variables>,
): Observable<Data> {
  return defer(async () => variables()).pipe(
    switchMap((given) => client.subscribe<Data>({ query: subscription, variables: given, fetchPolicy: 'no-cache' })),
    map(({ data, error }) => {
      if (error) throw error
      return data as Data
    }),
    retry({
      resetOnSuccess: true,
      delay: (error, attempt) => {
        const seconds = retryAfterSeconds(error)
        noteRefusal(error)
        if (seconds !== null) return timer(1000 * seconds)
        return CombinedGraphQLErrors.is(error) && !isPassing(error) ? throwError(() => error) : timer(backoff(attempt))
      },
    }),
    repeat({ delay: () => (repeatWhile() ? timer(LONGEST_DELAY_MS / 4) : []) }),
  )
}

/** Doubles the delay with each attempt, with jitter so that many tabs do not come back at the same moment. */
function backoff(attempt: number): number {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1))
  return delay * (0.75 + Math.random() / 2)
}
