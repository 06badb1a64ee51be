import type { ApolloLink } from '@apollo/client'
import { ServerError } from '@apollo/client/errors'
import { RetryLink } from '@apollo/client/link/retry'
import { OperationTypeNode } from 'graphql'
import { isLabStarting, retryAfterSeconds, toApiError, UNREACHABLE } from './apiError'
import { noteRefusal } from './refusals'

const MOST_ATTEMPTS = 3
/** Somebody who opens many pages may be sent away a few times. */
const MOST_ATTEMPTS_WHEN_TOLD = 10
/** About a minute of them: as long as the lab may take to start. */
const MOST_ATTEMPTS_WHILE_STARTING = 40
const FIRST_DELAY_MS = 150
const LONGEST_DELAY_MS = 2_000
const LONGEST_WAIT_SECONDS = 60

/**
 * Asks again when a query got no answer, as where a proxy passed it to a connection that the API was just closing or the lab is starting, and when it was told
 * to come back. Mutations are never repeated, nor is anything that was answered.
 */
export function retryQueries(): ApolloLink {
  return new RetryLink({
    delay: (attempt, _, error) => {
      const told = retryAfterSeconds(error)
      return told === null ? Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS) : 1000 * Math.min(told, LONGEST_WAIT_SECONDS)
    },
    attempts: (attempt, { operationType }, error) => {
      noteRefusal(error)
      if (operationType !== OperationTypeNode.QUERY || attempt >= mostAttempts(error)) return false
      return isLabStarting(error) || retryAfterSeconds(error) !== null || isUnanswered(error)
    },
  })
}

function mostAttempts(error: unknown): number {
  if (isLabStarting(error)) return MOST_ATTEMPTS_WHILE_STARTING
  return retryAfterSeconds(error) === null ? MOST_ATTEMPTS : MOST_ATTEMPTS_WHEN_TOLD
}

/** Tells a request that did not get through (no response, or a proxy's own error page) from one that was refused with a reason. */
function isUnanswered(error: unknown): boolean {
  return toApiError(error).code === UNREACHABLE && (error instanceof TypeError || (ServerError.is(error) && error.statusCode >= 500))
}
