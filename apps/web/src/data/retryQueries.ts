import type { ApolloLink } from '@apollo/client'
import { ServerError } from '@apollo/client/errors'
import { RetryLink } from '@apollo/client/link/retry'
import { OperationTypeNode } from 'graphql'
import { isLabStarting } from './apiError'

const MOST_ATTEMPTS = 3
/** About a minute of them: as long as the lab may take to start. */
const MOST_ATTEMPTS_WHILE_STARTING = 40
const FIRST_DELAY_MS = 150
const LONGEST_DELAY_MS = 2_000

/**
 * Asks again when a query got no answer: a proxy may have passed it to a connection that the API was just closing, or the lab is
 * starting. Mutations are never repeated, nor is anything that the API did answer.
 */
export function retryQueries(): ApolloLink {
  return new RetryLink({
    delay: { initial: FIRST_DELAY_MS, max: LONGEST_DELAY_MS },
    attempts: (attempt, { operationType }, error) =>
      attempt < (isLabStarting(error) ? MOST_ATTEMPTS_WHILE_STARTING : MOST_ATTEMPTS) &&
      operationType === OperationTypeNode.QUERY &&
      isUnanswered(error),
  })
}

/** Tells a request that did not get through (no response, or a proxy's own error page) from one that was refused. */
function isUnanswered(error: unknown): boolean {
  return error instanceof TypeError || (ServerError.is(error) && error.statusCode >= 500)
}
