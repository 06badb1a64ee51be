import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'

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
/** A client asked for more than one may have. */
export const TOO_MANY_REQUESTS = 'TOO_MANY_REQUESTS'
/** The loss of a run stopped being finite. */
export const DIVERGED = 'DIVERGED'
/** Somebody else wrote notes of a run since those were read that are to be replaced. */
export const NOTES_CHANGED = 'NOTES_CHANGED'
/** Somebody else changed the very same of a report meanwhile. */
export const REPORT_CHANGED = 'REPORT_CHANGED'
export const REPORT_NOT_FOUND = 'REPORT_NOT_FOUND'
export const EXPERIMENT_NOT_FOUND = 'EXPERIMENT_NOT_FOUND'

/** Reads what went wrong from whatever an operation threw: every answer that gives a reason is shown with it, whatever its status. */
export function toApiError(error: unknown): ApiError {
  const first = CombinedGraphQLErrors.is(error) ? error.errors[0] : refusalOf(error)
  if (!first) return { code: UNREACHABLE, message: 'The server cannot be reached. Nothing was changed.', issues: [] }
  const { code, issues } = first.extensions ?? {}
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: first.message,
    issues: Array.isArray(issues) ? issues.filter(isConfigIssue) : [],
  }
}

/** In how many seconds a refused operation may come again; null where nothing says so. */
export function retryAfterSeconds(error: unknown): number | null {
  const seconds = (CombinedGraphQLErrors.is(error) ? error.errors[0] : refusalOf(error))?.extensions?.retryAfterSeconds
  return typeof seconds === 'number' ? seconds : null
}

/** Which limit of a client a refused operation went beyond, as the API names it; null where it was refused for another reason. */
export function limitOf(error: unknown): string | null {
  const { code, limit } = (CombinedGraphQLErrors.is(error) ? error.errors[0] : refusalOf(error))?.extensions ?? {}
  return code === TOO_MANY_REQUESTS && typeof limit === 'string' ? limit : null
}

interface Refusal {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** The reason in the body of an answer that is no answer of GraphQL's: a proxy's or a door's. */
function refusalOf(error: unknown): Refusal | undefined {
  if (!ServerError.is(error)) return undefined
  try {
    const body: unknown = JSON.parse(error.bodyText)
    const first: unknown = isObject(body) && Array.isArray(body.errors) ? body.errors[0] : undefined
    if (!isObject(first) || typeof first.message !== 'string') return undefined
    return { message: first.message, extensions: isObject(first.extensions) ? first.extensions : undefined }
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
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
