import type { KeyBook } from './KeyBook.js'
import type { Comparison, QueryOperator, QueryValue, RunQuery } from './RunQuery.js'

const signs = { LESS: '<', AT_MOST: '<=', EQUAL: '=', AT_LEAST: '>=', GREATER: '>' } as const satisfies Record<QueryOperator, string>

/** What reads as itself without quotes: no number, no word of the language, nothing that a date or an operator is made of. */
const PLAIN = /^(?!(?:and|or|not|in|is|has)$)(?![+-]?\.?\d)[^\s()"<>=!~≤≥≠,\0]+$/iu

/** Writes a query so that {@link parseQuery} reads the same again; keys by their shortest names. Of one that means every run nothing is left. */
export function printQuery(query: RunQuery, book: KeyBook): string {
  if ('and' in query && query.and.length === 0) return ''
  return print(query, book)
}

function print(query: RunQuery, book: KeyBook): string {
  // The language has no other words for every run and for none: each text contains the empty one.
  if ('and' in query) return query.and.length === 0 ? '""' : query.and.map((part) => wrap(part, book, ['and', 'or'])).join(' and ')
  if ('or' in query) return query.or.length === 0 ? 'not ""' : query.or.map((part) => wrap(part, book, ['or'])).join(' or ')
  if ('not' in query) return printNot(query.not, book)
  if ('compare' in query) return printComparison(query.compare, book, signs[query.compare.operator])
  if ('contains' in query) return `${keyName(query.contains.key, book)} ~ ${printText(query.contains.text)}`
  if ('oneOf' in query) return printOneOf(query.oneOf, book, 'in')
  if ('has' in query) return `has ${keyName(query.has, book)}`
  if ('is' in query) return `is ${query.is.toLowerCase()}`
  return printText(query.search)
}

function printNot(query: RunQuery, book: KeyBook): string {
  if ('compare' in query && query.compare.operator === 'EQUAL') return printComparison(query.compare, book, '!=')
  if ('contains' in query) return `${keyName(query.contains.key, book)} !~ ${printText(query.contains.text)}`
  if ('oneOf' in query) return printOneOf(query.oneOf, book, 'not in')
  return `not ${wrap(query, book, ['and', 'or'])}`
}

/** Prints a part, in parentheses where it is of a kind that binds less. */
function wrap(query: RunQuery, book: KeyBook, kinds: readonly ('and' | 'or')[]): string {
  const printed = print(query, book)
  return kinds.some((kind) => kind in query) ? `(${printed})` : printed
}

const printComparison = ({ key, value }: Comparison, book: KeyBook, sign: string) =>
  `${keyName(key, book)} ${sign} ${printValue(value, key, book)}`

function printOneOf(
  { key, values }: { readonly key: string; readonly values: readonly QueryValue[] },
  book: KeyBook,
  sign: string,
): string {
  return `${keyName(key, book)} ${sign} (${values.map((value) => printValue(value, key, book)).join(', ')})`
}

function printValue(value: QueryValue, key: string, book: KeyBook): string {
  if ('number' in value) return String(value.number)
  if ('moment' in value) return value.moment
  if ('ago' in value) {
    const { amount, unit } = value.ago
    return `${amount} ${unit.toLowerCase()}${amount === 1 ? '' : 's'} ago`
  }
  const { words } = book.keys.find(({ name }) => name === key) ?? {}
  return words?.includes(value.text) ? printText(value.text.toLowerCase()) : printText(value.text)
}

function keyName(name: string, book: KeyBook): string {
  const key = book.keys.find((each) => each.name === name)
  return printText(key ? book.shortName(key) : name)
}

/** Writes a text as it stands in a query: in quotes, unless it reads as itself without. */
export function printText(text: string): string {
  return PLAIN.test(text) ? text : `"${text.replace(/["\\]/g, (character) => `\\${character}`)}"`
}
