import { ApolloServerErrorCode } from '@apollo/server/errors'
import { type DocumentNode, GraphQLError, specifiedRules, type ValidationRule, validate } from 'graphql'
import type { Settings } from '../../Settings.js'
import { refuseComparisons } from './comparisonCost.js'
import { limitIntrospection, refuseIntrospection } from './introspectionCost.js'
import { parseDocument } from './parseDocument.js'
import { schema } from './schema.js'

/** Largest body of a request and largest frame of a socket: 256 images of 784 numbers as text. */
export const MAXIMUM_MESSAGE_BYTES = 4 * 1024 * 1024

/** What documents are held to beside the rules of the language. */
export function ownRules({ introspection }: Pick<Settings, 'introspection'>): ValidationRule[] {
  return [introspection ? limitIntrospection : refuseIntrospection]
}

/** Parses and validates a document as Apollo does for HTTP; returns errors with Apollo's codes. */
export function checkDocument(text: string, rules: readonly ValidationRule[]): DocumentNode | readonly GraphQLError[] {
  let document: DocumentNode
  try {
    document = parseDocument(text)
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, error.extensions.code ?? ApolloServerErrorCode.GRAPHQL_PARSE_FAILED)]
    throw error
  }
  const costly = refuseComparisons(document)
  if (costly) return [costly]
  const errors = validate(schema, document, [...specifiedRules, ...rules])
  return errors.length === 0
    ? document
    : errors.map((error) => withCode(error, error.extensions.code ?? ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED))
}

function withCode(error: GraphQLError, code: unknown): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    source: error.source,
    positions: error.positions,
    extensions: { code },
  })
}
