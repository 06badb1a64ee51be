import { epochCatalog, metricCatalog } from '@hourglass/autoencoders'
import { distance } from 'fastest-levenshtein'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { LabKeys } from './query/readKeyBook.js'
import { finalValueName } from './query/valueNames.js'

const SUGGESTED = 3
/** More than this share of a name is no slip. */
const MOST_DIFFERENT = 0.4

/** Names that a run gets once it is measured: none of them is a slip, though no run may have come so far. */
const expectedNames: ReadonlySet<string> = new Set(
  [...epochCatalog.map(({ id }) => id), ...metricCatalog.map(({ id }) => finalValueName(id))].map((name) => `metric.${name}`),
)

/**
 * Throws BAD_USER_INPUT, with the names that are most alike, where one of the given names is that of no value any run has had. In a lab without values
 * every name is as good as another.
 */
export function requireValueNames(keys: LabKeys, names: readonly string[], argument: string): void {
  const all = keys.all.flatMap(({ name, source }) => (source.kind === 'value' && source.keyId !== null ? [name] : []))
  const known = new Set(all)
  const unknown = names.find((name) => !expectedNames.has(name) && !known.has(name))
  if (unknown === undefined || all.length === 0) return
  const got = JSON.stringify(unknown.slice(0, 200))
  const alike = namesAlike(unknown.slice(0, 200), all)
  const advice =
    alike.length > 0
      ? `Did you mean ${new Intl.ListFormat('en', { type: 'disjunction' }).format(alike)}?`
      : 'The values of a run list what there is.'
  throw new HourglassError(errorCodes.badUserInput, `${argument}: expected the name of a value that runs have, got ${got}. ${advice}`)
}

function namesAlike(wanted: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, difference: differenceOf(ownName(wanted), ownName(name)) }))
    .filter(({ difference }) => difference <= MOST_DIFFERENT)
    .sort((a, b) => a.difference - b.difference || (a.name < b.name ? -1 : 1))
    .slice(0, SUGGESTED)
    .map(({ name }) => name)
}

/** A name without its beginning, which many have in common. */
const ownName = (name: string) => name.replace(/^(config|metric)\./, '').toLowerCase()

/** The share of a name that would have to change. */
const differenceOf = (a: string, b: string) => distance(a, b) / Math.max(a.length, b.length, 1)
