import type { KeyBook } from './KeyBook.js'
import { openParentheses, openQuote, parseWithHole } from './parseSyntax.js'
import { printText } from './printQuery.js'
import { QueryError } from './QueryError.js'
import type { KeyType, QueryKey } from './QueryKey.js'
import { HOLE, type QuerySyntax, type Token } from './QuerySyntax.js'
import { runFlags } from './RunQuery.js'

export interface CompletionOption {
  /** What takes the place of what was written. */
  readonly text: string
  readonly kind: 'key' | 'operator' | 'value' | 'word'
  /** Of a key, what it is called in full. */
  readonly title?: string
}

export interface Completion {
  /** The part of the text that an option takes the place of. */
  readonly from: number
  readonly to: number
  /** The likeliest first. */
  readonly options: readonly CompletionOption[]
  /** The key whose values could stand here, where they are in the lab and not in the language; and the beginning that was written. */
  readonly valuesOf: { readonly key: string; readonly written: string } | null
}

const MOST_OPTIONS = 50
const operatorsOf = {
  NUMBER: ['<=', '>=', '=', '!=', '<', '>', 'in (', 'not in ('],
  DATE: ['>', '<', '>=', '<=', '='],
  TEXT: ['=', '!=', '~', '!~', 'in (', 'not in ('],
  MIXED: ['=', '!=', '<=', '>=', '<', '>', '~', '!~', 'in (', 'not in ('],
} as const satisfies Record<KeyType, readonly string[]>
const dates = ['1 hour ago', '1 day ago', '7 days ago', '30 days ago']
const openings = ['not', 'is', 'has']
const joints = ['and', 'or']
const flags = runFlags.map((flag) => flag.toLowerCase())

/**
 * Tells what could stand at a place of a text, by the grammar itself: the place is parsed as a hole, and what the grammar makes of the hole says what fits
 * there. What stands behind the place does not matter.
 */
export function completeQuery(text: string, cursor: number, book: KeyBook): Completion {
  const before = text.slice(0, cursor)
  const quote = openQuote(before)
  const from = quote ?? cursor - (before.match(/(?:[<>=!~≤≥≠]+|[^\s()"<>=!~≤≥≠,]*)$/u)?.[0].length ?? 0)
  const written = before.slice(from)
  const to = cursor + (text.slice(cursor).match(quote === undefined ? /^[^\s()"<>=!~≤≥≠,]*/u : /^[^"]*"?/u)?.[0].length ?? 0)
  const start = text.slice(0, from)
  const hole = findHole(start)
  if (!hole) return { from, to, options: [], valuesOf: null }
  const begun = quote === undefined ? written : written.slice(1).replace(/\\(.)/g, '$1')
  const isFirst = /(?:^|\(|\b(?:and|or|not))\s*$/i.test(start)
  const { options, valuesOf = null } = optionsFor(hole, { begun, isFirst, book })
  return { from, to, options: options.slice(0, MOST_OPTIONS), valuesOf: valuesOf === null ? null : { key: valuesOf, written: begun } }
}

type Hole =
  | { readonly place: 'term' }
  | { readonly place: 'flag' }
  | { readonly place: 'key' }
  | { readonly place: 'operator'; readonly key: Token }
  | { readonly place: 'value'; readonly key: Token }

function findHole(start: string): Hole | undefined {
  try {
    const syntax = parseWithHole(`${start}${HOLE}${')'.repeat(openParentheses(start))}`)
    return syntax ? holeIn(syntax) : undefined
  } catch (error) {
    if (error instanceof QueryError) return undefined
    throw error
  }
}

const isHole = (token: Token | null) => token?.text === HOLE && !token.quoted

function holeIn(syntax: QuerySyntax): Hole | undefined {
  switch (syntax.type) {
    case 'and':
    case 'or':
      return syntax.items.map(holeIn).find((hole) => hole !== undefined)
    case 'not':
      return holeIn(syntax.item)
    case 'is':
      return isHole(syntax.flag) ? { place: 'flag' } : undefined
    case 'has':
      return isHole(syntax.key) ? { place: 'key' } : undefined
    case 'in':
      return syntax.values.some(isHole) ? { place: 'value', key: syntax.key } : undefined
    case 'compare':
      if (isHole(syntax.operator)) return { place: 'operator', key: syntax.key }
      return isHole(syntax.value) ? { place: 'value', key: syntax.key } : undefined
    case 'text':
      return isHole(syntax.text) ? { place: 'term' } : undefined
  }
}

interface Written {
  readonly begun: string
  /** Whether a condition begins here, with none before it that another could be joined to. */
  readonly isFirst: boolean
  readonly book: KeyBook
}

function optionsFor(
  hole: Hole,
  { begun, isFirst, book }: Written,
): { readonly options: readonly CompletionOption[]; readonly valuesOf?: string } {
  const words = (texts: readonly string[], kind: CompletionOption['kind']) =>
    texts.filter((each) => each.toLowerCase().startsWith(begun.toLowerCase())).map((each) => ({ text: each, kind }))
  const terms = [...words(isFirst ? [] : joints, 'word'), ...keyOptions(begun, book), ...words(openings, 'word')]
  if (hole.place === 'term') return { options: terms }
  if (hole.place === 'key') return { options: keyOptions(begun, book) }
  if (hole.place === 'flag') return { options: words(flags, 'value') }
  const found = book.find(hole.key.text)
  const key = 'key' in found ? found.key : undefined
  if (hole.place === 'operator') return { options: [...words(key ? operatorsOf[key.type] : [], 'operator'), ...terms] }
  if (!key || key.type === 'NUMBER') return { options: [] }
  if (key.type === 'DATE') return { options: words(dates, 'value') }
  if (!key.words) return { options: [], valuesOf: key.name }
  return {
    options: words(
      key.words.map((word) => printText(word.toLowerCase())),
      'value',
    ),
  }
}

/** Keys that begin as what was written, then those with a part or a word of their title that does, then those that have it anywhere. */
function keyOptions(begun: string, book: KeyBook): readonly CompletionOption[] {
  const wanted = begun.toLowerCase()
  const rank = (key: QueryKey, short: string) => {
    const names = [short, ...key.aliases, key.name].map((name) => name.toLowerCase())
    if (names.some((name) => name.startsWith(wanted))) return 0
    const parts = [...names.flatMap((name) => name.split('.')), ...key.title.toLowerCase().split(/\s+/)]
    if (parts.some((part) => part.startsWith(wanted))) return 1
    return [...names, key.title.toLowerCase()].some((name) => name.includes(wanted)) ? 2 : 3
  }
  return book.keys
    .map((key) => ({ key, short: book.shortName(key) }))
    .map(({ key, short }) => ({ key, short, rank: rank(key, short) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.short.length - b.short.length || (a.short < b.short ? -1 : 1))
    .map(({ key, short }) => ({ text: printText(short), kind: 'key', title: key.title }))
}
