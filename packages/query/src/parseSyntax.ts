import { parse } from './generated/queryParser.js'
import { eitherOf } from './KeyBook.js'
import { QueryError } from './QueryError.js'
import { HOLE, type QuerySyntax } from './QuerySyntax.js'

/** Nobody reads more, and the address of a page holds no more. */
export const MAXIMUM_QUERY_LENGTH = 2000
/** Parentheses and `not` in each other. */
const MAXIMUM_DEPTH = 40

/** What the parser, which Peggy writes without types, throws. */
interface Refusal {
  readonly expected: readonly { readonly type: string; readonly description?: string; readonly text?: string }[]
  readonly location: { readonly start: { readonly offset: number } }
}

/** Reads a text by the grammar; null where it is empty. Throws a QueryError. */
export function parseSyntax(text: string): QuerySyntax | null {
  if (text.length > MAXIMUM_QUERY_LENGTH) {
    const place = { from: MAXIMUM_QUERY_LENGTH, to: text.length }
    throw new QueryError(`expected at most ${MAXIMUM_QUERY_LENGTH} characters, got ${text.length}`, place)
  }
  if (text.includes(HOLE)) {
    const from = text.indexOf(HOLE)
    throw new QueryError('expected visible characters, got a control character', { from, to: from + 1 })
  }
  return parseWithHole(text)
}

/** The same for a text with a hole in it. */
export function parseWithHole(text: string): QuerySyntax | null {
  requireDepth(text)
  try {
    // The generated parser has no types; what it gives is written in the grammar.
    return parse(text, {}) as QuerySyntax | null
  } catch (error) {
    if (isRefusal(error)) throw explain(text, error)
    throw error
  }
}

const isRefusal = (error: unknown): error is Refusal => error instanceof Error && 'expected' in error && 'location' in error

function requireDepth(text: string): void {
  let depth = 0
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (piece === '(' || piece.toLowerCase() === 'not') depth++
    else if (piece === ')') depth--
    if (depth <= MAXIMUM_DEPTH) continue
    throw new QueryError(`expected at most ${MAXIMUM_DEPTH} parentheses and "not" in each other, got more`, { from: index, to: index + 1 })
  }
}

function explain(text: string, { expected, location: { start } }: Refusal): QueryError {
  const opening = openQuote(text)
  if (opening !== undefined) return new QueryError('expected a closing " for this one', { from: opening, to: text.length })
  const rest = text.slice(start.offset)
  const skipped = rest.length - rest.trimStart().length
  const from = start.offset + skipped
  const [next = ''] = rest.trimStart().match(piece) ?? []
  const [before] = text.slice(0, from).trimEnd().match(lastPiece) ?? []
  const wanted = describeExpected(expected, next)
  const got = next === '' ? 'the end' : next.startsWith('"') ? next : JSON.stringify(next)
  return new QueryError(`expected ${wanted}${before ? ` after ${before}` : ''}, got ${got}`, { from, to: from + Math.max(1, next.length) })
}

/** Words what could have stood there. Where a new condition may begin, that says all: whatever else may begin one is left out. */
function describeExpected(expected: Refusal['expected'], next: string): string {
  const literals = new Set(expected.flatMap(({ type, text }) => (type === 'literal' && text ? [text.toLowerCase()] : [])))
  const named = new Set(expected.flatMap(({ description }) => (description && description !== 'a space' ? [description] : [])))
  if (next === '' && literals.has(')')) return literals.has(',') ? '"," or ")"' : '")"'
  if (literals.has(',')) return '"," or ")"'
  if (named.size > 0) return eitherOf([...named].sort())
  if (expected.some(({ type }) => type === 'end')) return 'and, or, or the end'
  return eitherOf([...literals].map((literal) => JSON.stringify(literal)))
}

const piece = /^(?:"(?:[^"\\]|\\.)*"?|[<>=!~≤≥≠]+|[(),]|[^\s()"<>=!~≤≥≠,]+)/u
const pieces = new RegExp(piece.source.slice(1), 'gu')
const lastPiece = new RegExp(`${piece.source.slice(1)}$`, 'u')

/** Where a quotation begins that does not end; undefined where all end. */
export function openQuote(text: string): number | undefined {
  for (const { 0: each, index } of text.matchAll(pieces)) {
    if (each.startsWith('"') && !/^"(?:[^"\\]|\\.)*"$/su.test(each)) return index
  }
  return undefined
}

/** Counts the parentheses that are open at the end of a text. */
export function openParentheses(text: string): number {
  let open = 0
  for (const [each] of text.matchAll(pieces)) {
    if (each === '(') open++
    else if (each === ')') open = Math.max(0, open - 1)
  }
  return open
}
