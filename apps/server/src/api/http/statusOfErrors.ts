import type { ApolloServerPlugin } from '@apollo/server'
import Negotiator from 'negotiator'

/**
 * Answers 200 to whoever reads `application/json` alone where a request came in well and its document or its variables are wrong: such clients take any
 * other status for an answer that is not GraphQL's (GraphQL over HTTP, section 6.4.1). Readers of `application/graphql-response+json` get 400.
 */
export const statusOfErrors: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        // Without a document it is no request of GraphQL.
        if (!request.query) return
        if (response.http.status === 400 && readsPlainJson(request.http?.headers.get('accept'))) response.http.status = 200
      },
    }
  },
}

function readsPlainJson(accept: string | undefined): boolean {
  const offered = ['application/json', 'application/graphql-response+json']
  return accept === undefined || new Negotiator({ headers: { accept } }).mediaType(offered) === offered[0]
}
