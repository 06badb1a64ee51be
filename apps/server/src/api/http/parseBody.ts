import type { RequestHandler } from 'express'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { tooManyLists } from '../graphql/tooManyLists.js'
import { operationOf, refuse } from './admitRequests.js'
import { problem } from './artifactRoutes.js'

/** So many characters are parsed in no time. */
const FEW = 64 * 1024

/** Parses a body that was read as JSON, when it is its operation's turn: what it becomes takes many times as much memory. */
export const parseBody: RequestHandler = async (request, response, next) => {
  const body: unknown = request.body
  if (typeof body !== 'string') return next()
  try {
    // As Express has it, a body without anything is one without fields.
    const parse = (): unknown => (body === '' ? {} : JSON.parse(body))
    const parsed = body.length <= FEW ? parse() : await operationOf(response).alone(parse)
    const problemOfLists = tooManyLists((parsed as { variables?: unknown } | null)?.variables)
    if (problemOfLists !== undefined) {
      response.status(400).json(problem(errorCodes.badUserInput, problemOfLists))
      return
    }
    request.body = parsed
  } catch (error) {
    if (error instanceof HourglassError) return refuse(response, error)
    if (!(error instanceof SyntaxError)) throw error
    response.status(400).json(problem('BAD_REQUEST', error.message))
    return
  }
  next()
}
