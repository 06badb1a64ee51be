import type { KeyBook } from './KeyBook.js'
import { parseSyntax } from './parseSyntax.js'
import type { RunQuery } from './RunQuery.js'
import { resolveQuery } from './resolveQuery.js'

/** Reads a text as a query over the keys of a book; an empty one means every run. Throws a QueryError. */
export function parseQuery(text: string, book: KeyBook): RunQuery {
  const syntax = parseSyntax(text)
  return syntax === null ? { and: [] } : resolveQuery(syntax, book)
}
