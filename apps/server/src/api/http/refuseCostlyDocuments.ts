import type { RequestHandler } from 'express'
import { GraphQLError } from 'graphql'
import { LRUCache } from 'lru-cache'
import { refuseComparisons } from '../graphql/comparisonCost.js'
import { parseDocument } from '../graphql/parseDocument.js'

/** Text of documents that are known to be cheap, in characters. */
const MAXIMUM_KEPT = 1024 ** 2

/** Refuses documents that are nested too deeply to parse or would take too long to validate, both of which Apollo does before anything else is asked. What is no document is left to it. */
export function refuseCostlyDocuments(): RequestHandler {
  const cheap = new LRUCache<string, true>({ maxSize: MAXIMUM_KEPT })
  return (request, response, next) => {
    const text: unknown = (request.body as { query?: unknown } | undefined)?.query ?? request.query.query
    if (typeof text !== 'string' || text === '' || cheap.has(text)) return next()
    const refusal = refusalOf(text)
    if (refusal) {
      response.status(400).json({ errors: [refusal.toJSON()] })
      return
    }
    cheap.set(text, true, { size: text.length })
    next()
  }
}

function refusalOf(text: string): GraphQLError | undefined {
  try {
    return refuseComparisons(parseDocument(text))
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return error.extensions.code === undefined ? undefined : error
  }
}
