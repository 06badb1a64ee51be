import { ApolloServerErrorCode } from '@apollo/server/errors'
import { type DocumentNode, GraphQLError, parse, specifiedRules, validate } from 'graphql'
import { schema } from './schema.js'

/** Longest document, in tokens; the dashboard's largest has some hundreds. */
export const parseOptions = { maxTokens: 5_000 }

/** Largest body of a request and largest frame of a socket: 256 images of 784 numbers as text. */
export const MAXIMUM_MESSAGE_BYTES = 4 * 1024 * 1024

/** Parses and validates a document as Apollo does for HTTP; returns errors with Apollo's codes. */
export function checkDocument(text: string): DocumentNode | readonly GraphQLError[] {
  let document: DocumentNode
  try {
    document = parse(text, parseOptions)
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, ApolloServerErrorCode.GRAPHQL_PARSE_FAILED)]
    throw error
  }
  const errors = validate(schema, document, specifiedRules)
  return errors.length === 0 ? document : errors.map((error) => withCode(error, ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED))
}

function withCode(error: GraphQLError, code: ApolloServerErrorCode): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    source: error.source,
    positions: error.positions,
    extensions: { code },
  })
}
