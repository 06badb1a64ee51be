import { type DocumentNode, GraphQLError, visit } from 'graphql'
import { errorCodes } from '../../HourglassError.js'

/** Pairs of fields that validation may have to compare; the dashboard's largest document has some hundreds. */
const MOST_COMPARISONS = 200_000

/**
 * Bounds what validation takes: it compares fields of one response name with each other, each pair of them wherever they stand, so that twelve hundred of one
 * name are seven hundred thousand comparisons. Returns what is wrong with a document, undefined for most.
 */
export function refuseComparisons(document: DocumentNode): GraphQLError | undefined {
  const counts = new Map<string, number>()
  visit(document, {
    Field: ({ alias, name }) => {
      const key = (alias ?? name).value
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    FragmentSpread: ({ name }) => {
      const key = `...${name.value}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
  })
  const comparisons = [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  if (comparisons <= MOST_COMPARISONS) return undefined
  const [[name, count] = ['', 0]] = [...counts].sort(([, a], [, b]) => b - a)
  return new GraphQLError(
    `The document repeats names too often: expected at most ${MOST_COMPARISONS.toLocaleString('en')} pairs of fields with one name, got ${comparisons.toLocaleString('en')} (${name} alone stands in it ${count} times). Ask for fewer things at a time.`,
    { extensions: { code: errorCodes.queryTooComplex } },
  )
}
