import type { RunConfig } from '@hourglass/autoencoders'
import type { LaunchRunInput } from '../../data/generated/graphql'
import { writeRunConfig } from '../../data/readRunConfig'

/** What is sent to the API: an operation and its variables. */
export interface ApiRequest {
  readonly query: string
  readonly variables: { readonly input: LaunchRunInput }
}

interface RepeatedRun {
  readonly name: string
  readonly config: RunConfig
  /** The model that it started from; null for one that started from initial weights. */
  readonly parent: { readonly id: string; readonly epoch: number } | null
}

const MUTATION = `mutation RepeatRun($input: LaunchRunInput!) {
  launchRun(input: $input) {
    id
    number
  }
}`

/** Writes the request that launches a run like one that is there: everything that determines it, defaults too, as those may change from version to version. */
export function repeatRequest({ name, config, parent }: RepeatedRun): ApiRequest {
  return { query: MUTATION, variables: { input: { name, config: writeRunConfig(config), ...(parent ? { parent } : {}) } } }
}

/** Writes a request as a command of a POSIX shell, for the API below `origin`. */
export function curlCommand(request: ApiRequest, origin: string): string {
  const body = JSON.stringify({ query: request.query.replace(/\s+/g, ' '), variables: request.variables }, null, 2)
  return [`curl ${quote(`${origin}/graphql`)}`, "-H 'content-type: application/json'", `-d ${quote(body)}`].join(' \\\n  ')
}

/** Quotes a word so that a shell takes nothing in it for its own. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
