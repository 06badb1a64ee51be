import { distance } from 'fastest-levenshtein'
import type { QueryKey } from './QueryKey.js'

/** So many keys are named where several could be meant, or one was not found. */
const NAMED = 3
/** More than this share of a name is no slip. */
const MOST_DIFFERENT = 0.4

export type FoundKey = { readonly key: QueryKey } | { readonly candidates: readonly QueryKey[] }

/**
 * Finds keys by what people write. A name in full comes first, then an alias, then a name without its beginning (`config.` or `metric.`), then the end of a
 * name, where it is the end of one only. Case never matters.
 */
export class KeyBook {
  readonly keys: readonly QueryKey[]
  /** Per rank, the keys by what is written. */
  readonly #ranks: readonly ReadonlyMap<string, readonly QueryKey[]>[]
  /** Short names that were asked for: lists of queries name the same few keys again and again. */
  readonly #shortNames = new Map<string, string>()

  constructor(keys: readonly QueryKey[]) {
    this.keys = keys
    this.#ranks = rankings.map((namesOf) => {
      const byName = new Map<string, QueryKey[]>()
      for (const key of keys) {
        for (const name of new Set(namesOf(key).map((each) => each.toLowerCase()))) byName.set(name, [...(byName.get(name) ?? []), key])
      }
      return byName
    })
  }

  /** Finds the key that is meant; `candidates` are those that it could be, none where no key is called so. */
  find(written: string): FoundKey {
    const name = written.toLowerCase()
    for (const rank of this.#ranks) {
      const [key, ...others] = rank.get(name) ?? []
      if (key) return others.length === 0 ? { key } : { candidates: [key, ...others] }
    }
    return { candidates: [] }
  }

  /** Gives a short text by which a key is found: its alias, else the shortest of its names that means no other. */
  shortName(key: QueryKey): string {
    const known = this.#shortNames.get(key.name) ?? this.#findShortName(key)
    this.#shortNames.set(key.name, known)
    return known
  }

  #findShortName(key: QueryKey): string {
    const isFound = (name: string) => this.#means(name, key)
    const alias = key.aliases.find(isFound)
    if (alias !== undefined) return alias
    const own = endsOf(key.name).filter(isFound)
    return own.reduce((shortest, name) => (name.length < shortest.length ? name : shortest), key.name)
  }

  /** Names the keys that are most like what was written, each by the name that is. */
  alike(written: string): readonly string[] {
    const wanted = written.slice(0, 200).toLowerCase()
    const differenceOf = (name: string) => distance(wanted, name.toLowerCase()) / Math.max(wanted.length, name.length)
    return this.keys
      .map((key) => {
        const names = rankings.flatMap((namesOf) => namesOf(key)).filter((name) => this.#means(name, key))
        return names.map((name) => ({ name, difference: differenceOf(name) })).reduce(closer, { name: key.name, difference: 1 })
      })
      .filter(({ difference }) => difference <= MOST_DIFFERENT)
      .sort((a, b) => a.difference - b.difference || (a.name < b.name ? -1 : 1))
      .slice(0, NAMED)
      .map(({ name }) => name)
  }

  #means(name: string, key: QueryKey): boolean {
    const found = this.find(name)
    return 'key' in found && found.key.name === key.name
  }
}

interface Alike {
  readonly name: string
  readonly difference: number
}

const closer = (one: Alike, other: Alike) => (other.difference < one.difference ? other : one)

/** What a key is called, in the order in which names are tried. */
const rankings: readonly ((key: QueryKey) => readonly string[])[] = [
  ({ name }) => [name],
  ({ aliases }) => aliases,
  ({ name }) => endsOf(name).slice(0, 1),
  ({ name }) => endsOf(name).slice(1),
]

/** The ends of a name that begin behind a dot, the longest first. */
function endsOf(name: string): readonly string[] {
  const parts = name.split('.')
  return parts.slice(1).map((_, index) => parts.slice(index + 1).join('.'))
}

/** Joins names for a sentence: `a, b or c`. */
export const eitherOf = (names: readonly string[]) => new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names)
