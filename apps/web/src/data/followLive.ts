import type { ApolloClient, OperationVariables } from '@apollo/client'
import { catchError, defer, finalize, type MonoTypeOperatorFunction, NEVER, type Observable, tap } from 'rxjs'
import { REPORT_NOT_FOUND, RUN_NOT_FOUND, toApiError } from './apiError'
import { type ResumingSubscriptionOptions, resumingSubscription } from './resumingSubscription'
import { forgetUnfollowed, noteUnfollowed } from './unfollowed'

/** Longer than the longest pause between two attempts: one that is not refused until then was accepted. */
const ACCEPTED_AFTER_MS = 15_000

/** Codes of errors that are the lab's own and no answer to what was asked for, which may be answered later. */
const passing: ReadonlySet<string> = new Set([
  'INTERNAL_SERVER_ERROR',
  'STORE_BUSY',
  'STORE_READ_ONLY',
  'STORE_FAILED',
  'DISK_FULL',
  'TOO_MANY_SUBSCRIPTIONS',
  'OPERATION_TIMED_OUT',
  'OPERATION_CANCELLED',
])

/** Codes of errors that pages tell in their own words. */
const toldByPages: ReadonlySet<string> = new Set([RUN_NOT_FOUND, REPORT_NOT_FOUND])

export interface LiveSubscriptionOptions<Data, Variables extends OperationVariables>
  extends Omit<ResumingSubscriptionOptions<Data, Variables>, 'isPassing'> {
  /** Names what is followed as the subject of a sentence, for the page. */
  readonly what: string
}

/**
 * Follows what a page shows, through drops and through errors of the lab's own; the page says while it does not. Errors only where the API refused what
 * was asked for.
 */
export function followLive<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  { what, ...asked }: LiveSubscriptionOptions<Data, Variables>,
): Observable<Data> {
  return defer(() => {
    let accepted: ReturnType<typeof setTimeout> | undefined
    const isPassing = (error: unknown) => {
      const { code, message } = toApiError(error)
      if (!passing.has(code)) return false
      noteUnfollowed({ what, message, isGivenUp: false })
      clearTimeout(accepted)
      accepted = setTimeout(() => forgetUnfollowed(what), ACCEPTED_AFTER_MS)
      return true
    }
    return resumingSubscription(client, { ...asked, isPassing }).pipe(
      tap(() => {
        clearTimeout(accepted)
        forgetUnfollowed(what)
      }),
      finalize(() => clearTimeout(accepted)),
    )
  })
}

/** Has the page say that something is followed no more where that is so, until whoever follows it leaves. */
export function saysGivenUp<Data>(what: string): MonoTypeOperatorFunction<Data> {
  return (followed) =>
    followed.pipe(
      catchError((error: unknown) => {
        const { code, message } = toApiError(error)
        if (!toldByPages.has(code)) {
          console.error(`No longer live: ${what}.`, error)
          noteUnfollowed({ what, message, isGivenUp: true })
        }
        return NEVER
      }),
      finalize(() => forgetUnfollowed(what)),
    )
}
