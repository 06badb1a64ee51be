import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql'
import { errorCodes } from '../../HourglassError.js'

/** Longest document, in tokens; the dashboard's largest has some hundreds. */
const parseOptions = { maxTokens: 5_000 }

/** Longest document, in characters; the dashboard's largest has some thousands. What is long belongs into variables. */
const MOST_CHARACTERS = 256 * 1024

/** Deepest nesting of brackets; the dashboard's documents and the usual introspection query stay below twenty. */
const MOST_NESTED = 100

const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/**
 * Parses a document whose length and nesting are bounded: what is wrong with it is written with the names that it has, and the parser, and all that walks what
 * it returns, call themselves for every level.
 * @throws GraphQLError where the document is none, is too long, or has too many tokens or levels; only too long ones and too deep ones have a code, QUERY_TOO_COMPLEX
 */
export function parseDocument(text: string): DocumentNode {
  if (text.length > MOST_CHARACTERS) {
    throw new GraphQLError(
      `The document is too long: expected at most ${MOST_CHARACTERS.toLocaleString('en')} characters, got ${text.length.toLocaleString('en')}. Ask for less at a time, or send values as variables.`,
      { extensions: { code: errorCodes.queryTooComplex } },
    )
  }
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
