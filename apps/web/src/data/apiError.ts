import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'
import type { GraphQLFormattedError } from 'graphql'

/** One field of a configuration that the API refused. */
export interface ConfigIssue {
  /** Path in the configuration schema's own terms, for example `['architecture', 'latentDimension']`. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

export interface ApiError {
  /** The API's code, or UNREACHABLE where no answer came. */
  readonly code: string
  readonly message: string
  readonly issues: readonly ConfigIssue[]
}

export const UNREACHABLE = 'UNREACHABLE'
/** The lab starts, or starts again: what was asked for did not reach it. */
export const LAB_STARTING = 'LAB_STARTING'
export const RUN_NOT_FOUND = 'RUN_NOT_FOUND'
export const EXPERIMENT_NOT_FOUND = 'EXPERIMENT_NOT_FOUND'

/** Reads what went wrong from whatever an operation threw. */
export function toApiError(error: unknown): ApiError {
  const first = CombinedGraphQLErrors.is(error) ? error.errors[0] : ServerError.is(error) ? readProblem(error) : undefined
  if (!first) return { code: UNREACHABLE, message: 'The server cannot be reached. Nothing was changed.', issues: [] }
  const { code, issues } = first.extensions ?? {}
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: first.message,
    issues: Array.isArray(issues) ? issues.filter(isConfigIssue) : [],
  }
}

/** Reads the error that an answer outside GraphQL brings: the API and the dashboard's proxy word theirs like GraphQL's. */
function readProblem({ bodyText }: ServerError): GraphQLFormattedError | undefined {
  try {
    const { errors }: { errors?: GraphQLFormattedError[] } = JSON.parse(bodyText)
    return errors?.[0]
  } catch {
    return undefined
  }
}

/** Tells whether something did not reach the lab because that starts. */
export function isLabStarting(error: unknown): boolean {
  return toApiError(error).code === LAB_STARTING
}

function isConfigIssue(value: unknown): value is ConfigIssue {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    Array.isArray(value.path) &&
    'message' in value &&
    typeof value.message === 'string'
  )
}
