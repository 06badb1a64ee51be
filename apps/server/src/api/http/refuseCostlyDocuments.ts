import type { RequestHandler } from 'express'
import { GraphQLError, parse } from 'graphql'
import { LRUCache } from 'lru-cache'
import { refuseComparisons } from '../graphql/comparisonCost.js'
import { parseOptions } from '../graphql/operationRules.js'

/** Text of documents that are known to be cheap, in characters. */
const MAXIMUM_KEPT = 1024 ** 2

/** Refuses documents that would take too long to validate, which Apollo does before anything else is asked. What cannot be parsed is left to it. */
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
    return refuseComparisons(parse(text, parseOptions))
  } catch (error) {
    if (error instanceof GraphQLError) return undefined
    throw error
  }
}
