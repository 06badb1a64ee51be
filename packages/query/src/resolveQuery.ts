import { eitherOf, type KeyBook } from './KeyBook.js'
import { QueryError } from './QueryError.js'
import type { QueryKey } from './QueryKey.js'
import type { QuerySyntax, Token } from './QuerySyntax.js'
import { type AgoUnit, type QueryOperator, type QueryValue, type RunFlag, type RunQuery, runFlags } from './RunQuery.js'

/** What each operator says, as a comparison or a part of a text, and whether it says that of those that are not so. */
const operators: Readonly<Record<string, { readonly operator: QueryOperator | 'CONTAINS'; readonly isNegated?: boolean }>> = {
  '<': { operator: 'LESS' },
  '<=': { operator: 'AT_MOST' },
  '≤': { operator: 'AT_MOST' },
  '=': { operator: 'EQUAL' },
  '==': { operator: 'EQUAL' },
  '!=': { operator: 'EQUAL', isNegated: true },
  '≠': { operator: 'EQUAL', isNegated: true },
  '>=': { operator: 'AT_LEAST' },
  '≥': { operator: 'AT_LEAST' },
  '>': { operator: 'GREATER' },
  '~': { operator: 'CONTAINS' },
  '!~': { operator: 'CONTAINS', isNegated: true },
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/i

/** Gives what was written its meaning: which keys are meant, and what their values are. Throws a QueryError that points at what has none. */
export function resolveQuery(syntax: QuerySyntax, book: KeyBook): RunQuery {
  switch (syntax.type) {
    case 'and':
      return { and: syntax.items.map((item) => resolveQuery(item, book)) }
    case 'or':
      return { or: syntax.items.map((item) => resolveQuery(item, book)) }
    case 'not':
      return { not: resolveQuery(syntax.item, book) }
    case 'is':
      return { is: resolveFlag(syntax.flag) }
    case 'has':
      return { has: resolveKey(syntax.key, book).name }
    case 'in': {
      const key = resolveKey(syntax.key, book)
      const oneOf = { oneOf: { key: key.name, values: syntax.values.map((value) => resolveValue(value, { key, after: 'in' })) } }
      return syntax.isNegated ? { not: oneOf } : oneOf
    }
    case 'compare':
      return resolveComparison(syntax, book)
    case 'text':
      return { search: syntax.text.text }
  }
}

/** Finds the key that is meant; throws a QueryError where there is none, or where it could be several. */
function resolveKey(token: Token, book: KeyBook): QueryKey {
  const found = book.find(token.text)
  if ('key' in found) return found.key
  const got = quote(token)
  if (found.candidates.length > 0) {
    const names = found.candidates.map((key) => book.shortName(key))
    throw new QueryError(`expected one key, got ${got}, which could be ${eitherOf(names)}`, token)
  }
  const alike = book.alike(token.text)
  throw new QueryError(`expected a key that runs have, got ${got}${alike.length > 0 ? `; did you mean ${eitherOf(alike)}?` : ''}`, token)
}

function resolveFlag(token: Token): RunFlag {
  const flag = runFlags.find((each) => each.toLowerCase() === token.text.toLowerCase())
  if (flag) return flag
  throw new QueryError(`expected ${eitherOf(runFlags.map((each) => each.toLowerCase()))} after is, got ${quote(token)}`, token)
}

function resolveComparison(
  { key: written, operator: sign, value: token }: Extract<QuerySyntax, { type: 'compare' }>,
  book: KeyBook,
): RunQuery {
  const key = resolveKey(written, book)
  const meaning = operators[sign.text]
  if (!meaning || !token) throw new QueryError(`expected an operator after ${written.text}, got the end`, sign)
  const { operator, isNegated = false } = meaning
  requireOperator(key, { operator, sign, written })
  const condition: RunQuery =
    operator === 'CONTAINS'
      ? { contains: { key: key.name, text: token.text } }
      : { compare: { key: key.name, operator, value: resolveValue(token, { key, after: sign.text, isOrdered: operator !== 'EQUAL' }) } }
  return isNegated ? { not: condition } : condition
}

interface UsedOperator {
  readonly operator: QueryOperator | 'CONTAINS'
  readonly sign: Token
  readonly written: Token
}

function requireOperator({ type }: QueryKey, { operator, sign, written }: UsedOperator): void {
  const wanted =
    operator === 'CONTAINS'
      ? { expected: '=, !=, <, <=, > or >=', isOf: type === 'TEXT' || type === 'MIXED' }
      : { expected: '=, !=, ~, !~ or in', isOf: operator === 'EQUAL' || type !== 'TEXT' }
  if (wanted.isOf) return
  throw new QueryError(`expected ${wanted.expected} after ${written.text}, which is ${articles[type]}, got ${sign.text}`, sign)
}

const articles = { NUMBER: 'a number', TEXT: 'a text', DATE: 'a date', MIXED: 'a number or a text' } as const

interface ValuePlace {
  readonly key: QueryKey
  /** What stands before it. */
  readonly after: string
  /** Whether only what has an order will do. */
  readonly isOrdered?: boolean
}

function resolveValue(token: Token, { key, after, isOrdered = false }: ValuePlace): QueryValue {
  const number = !token.quoted && NUMBER.test(token.text) ? Number(token.text) : Number.NaN
  const refuse = (expected: string) => new QueryError(`expected ${expected} after ${after}, got ${quote(token)}`, token)
  if (key.type === 'DATE') {
    if (token.ago) return { ago: { amount: token.ago.amount, unit: token.ago.unit.toUpperCase() as AgoUnit } }
    if (isMoment(token.text)) return { moment: token.text.toUpperCase() }
    throw refuse('a date such as 2026-11-01 or 7 days ago')
  }
  if (key.type !== 'TEXT' && Number.isFinite(number)) return { number }
  if (key.type === 'NUMBER' || (isOrdered && key.type === 'MIXED')) throw refuse('a number')
  if (!key.words) return { text: token.text }
  const word = key.words.find((each) => each.toLowerCase() === token.text.toLowerCase())
  if (word === undefined) throw refuse(eitherOf(key.words.map((each) => each.toLowerCase())))
  return { text: word }
}

/** Whether a text is a day, or a time of one, that there is. */
export function isMoment(text: string): boolean {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = MOMENT.exec(text) ?? []
  if (year === undefined) return false
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return (
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60
  )
}

const quote = ({ text }: Token) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
