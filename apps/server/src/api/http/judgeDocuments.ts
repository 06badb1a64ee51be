import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import type { RequestHandler } from 'express'
import { type DocumentNode, parse } from 'graphql'
import type { Log } from '../../log.js'
import type { CheckedDocuments } from '../graphql/CheckedDocuments.js'
import type { Context } from '../graphql/Context.js'
import { formatError } from '../graphql/formatError.js'
import { operationOf, refuse } from './admitRequests.js'

/** Judges a document that is new before anything is done with it: such a one may keep the process to itself for a while. */
export function judgeDocuments(documents: CheckedDocuments): RequestHandler {
  return async (request, response, next) => {
    const asked = request.method === 'GET' ? request.query : (request.body as unknown)
    const text: unknown = (asked as { query?: unknown } | null | undefined)?.query
    try {
      if (typeof text === 'string' && !documents.known(text)) await operationOf(response).alone(() => documents.read(text))
    } catch (error) {
      refuse(response, error)
      return
    }
    next()
  }
}

/** Stands for a document that is wrong, which nothing is done with. */
const nothing: DocumentNode = parse('{ __typename }')

/** Hands the documents that were judged to Apollo, which parses and validates none itself, and answers what is wrong with one. */
export function answerJudged(documents: CheckedDocuments, log: Log): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveSource(request) {
          const judged = documents.known(request.source) ?? documents.read(request.source)
          Object.assign(request, { document: 'kind' in judged ? judged : nothing })
        },
        async responseForOperation({ document, source = '' }) {
          if (document !== nothing) return null
          const judged = documents.known(source) ?? documents.read(source)
          const errors = 'kind' in judged ? [] : judged.map((error) => formatError(error, log))
          return { http: { status: 400, headers: new HeaderMap() }, body: { kind: 'single', singleResult: { errors } } }
        },
      }
    },
  }
}
