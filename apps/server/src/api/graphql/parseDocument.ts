import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql'
import { errorCodes } from '../../HourglassError.js'

/** Longest document, in tokens; the dashboard's largest has some hundreds. */
export const parseOptions = { maxTokens: 5_000 }

/** Deepest nesting of brackets; the dashboard's documents and the usual introspection query stay below twenty. */
const MOST_NESTED = 100

const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/**
 * Parses a document whose nesting is bounded: the parser, and all that walks what it returns, call themselves for every level.
 * @throws GraphQLError where the document is none, or has too many tokens or levels; only the last has a code, QUERY_TOO_COMPLEX
 */
export function parseDocument(text: string): DocumentNode {
  const lexer = new Lexer(new Source(text))
  let nested = 0
  for (let count = 0; count <= parseOptions.maxTokens; count++) {
    const { kind } = lexer.advance()
    if (kind === TokenKind.EOF) break
    if (opening.has(kind)) nested++
    else if (closing.has(kind)) nested--
    if (nested > MOST_NESTED) {
      throw new GraphQLError(
        `The document is nested too deeply: expected at most ${MOST_NESTED} brackets inside each other, got more. Ask for less at a time, or send values as variables.`,
        { extensions: { code: errorCodes.queryTooComplex } },
      )
    }
  }
  return parse(text, parseOptions)
}
