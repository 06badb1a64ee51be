/** How a value is compared: `<`, `<=`, `=`, `>=` and `>` in writing. */
export const queryOperators = ['LESS', 'AT_MOST', 'EQUAL', 'AT_LEAST', 'GREATER'] as const
export type QueryOperator = (typeof queryOperators)[number]

export const agoUnits = ['MINUTE', 'HOUR', 'DAY', 'WEEK'] as const
export type AgoUnit = (typeof agoUnits)[number]

/** So long before the moment at which the question is asked. */
export interface Ago {
  readonly amount: number
  readonly unit: AgoUnit
}

/** What a key is compared with. A moment is a day, `2026-11-01`, or a time of one, `2026-11-01T08:30`, with or without its offset. */
export type QueryValue = { readonly number: number } | { readonly text: string } | { readonly moment: string } | { readonly ago: Ago }

/** What a run may have been marked as. */
export const runFlags = ['STARRED', 'ARCHIVED', 'DELETED'] as const
export type RunFlag = (typeof runFlags)[number]

export interface Comparison {
  readonly key: string
  readonly operator: QueryOperator
  readonly value: QueryValue
}

/**
 * Which runs are meant, as data: what a text in the language of queries says, with the full name of each key. It is JSON, and an input of the API as it is.
 * An empty `and` means every run, an empty `or` none.
 */
export type RunQuery =
  | { readonly and: readonly RunQuery[] }
  | { readonly or: readonly RunQuery[] }
  | { readonly not: RunQuery }
  | { readonly compare: Comparison }
  /** Part of a text, in any case. */
  | { readonly contains: { readonly key: string; readonly text: string } }
  | { readonly oneOf: { readonly key: string; readonly values: readonly QueryValue[] } }
  /** That there is a value of the key. */
  | { readonly has: string }
  | { readonly is: RunFlag }
  /** Part of the name, the notes, a tag or the label, in any case. */
  | { readonly search: string }

/** Lists a query and every query in it. */
export function* partsOf(query: RunQuery): Generator<RunQuery> {
  yield query
  if ('not' in query) yield* partsOf(query.not)
  const parts = 'and' in query ? query.and : 'or' in query ? query.or : []
  for (const part of parts) yield* partsOf(part)
}

/** Names the key that a query itself is about; undefined where it is about none. */
export function keyOfPart(query: RunQuery): string | undefined {
  if ('compare' in query) return query.compare.key
  if ('contains' in query) return query.contains.key
  if ('oneOf' in query) return query.oneOf.key
  return 'has' in query ? query.has : undefined
}
