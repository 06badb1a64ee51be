import { type KeyBook, parseQuery, QueryError } from '@hourglass/query'

export interface QueryProblem {
  readonly message: string
  /** Where the part that is no query begins and ends, in characters. */
  readonly from: number
  readonly to: number
}

/** Tells what of a text is no query; null where it is one. Before the keys are known, every text may be. */
export function queryProblem(text: string, book: KeyBook | null): QueryProblem | null {
  if (!book) return null
  try {
    parseQuery(text, book)
    return null
  } catch (error) {
    if (error instanceof QueryError) return { message: error.message, from: error.from, to: error.to }
    throw error
  }
}
