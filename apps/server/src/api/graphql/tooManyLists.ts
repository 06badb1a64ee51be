/** Lists and objects that variables may have; no argument takes so many. */
const MOST_LISTS = 100_000

/** Tells what is wrong with variables of too many lists and objects, undefined where they have fewer: of a million lists GraphQL makes as many values, several times, before anything is refused. */
export function tooManyLists(variables: unknown): string | undefined {
  const waiting: unknown[] = [variables]
  let count = 0
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue
    for (const entry of Array.isArray(value) ? value : Object.values(value)) {
      if (typeof entry !== 'object' || entry === null) continue
      if (++count > MOST_LISTS) return `variables: expected at most ${MOST_LISTS.toLocaleString('en')} lists and objects, got more.`
      waiting.push(entry)
    }
  }
  return undefined
}
