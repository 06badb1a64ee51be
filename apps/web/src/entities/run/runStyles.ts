import { runColour, runColours } from './runColour'

/** How a run is drawn on one page. */
export interface RunStyle {
  readonly colour: string
  /** Lengths of strokes and gaps in pixels; none is a solid line. */
  readonly dash?: readonly number[] | undefined
}

/** Strokes that can be told apart, the plainest first; each makes as many lines as there are colours. */
const dashes: readonly (readonly number[] | undefined)[] = [undefined, [7, 3], [2, 3], [12, 3, 2, 3], [2, 2, 7, 2, 2, 6]]

/**
 * Gives each of the runs on a page a look of its own, in the order that they have there. A run keeps the colour of its number where no run before it has
 * taken that; another one takes a colour that is free, and when all are taken, its own colour with other strokes. From the fifty-first on they repeat.
 */
export function runStyles(numbers: readonly number[]): ReadonlyMap<number, RunStyle> {
  const styles = new Map<number, RunStyle>()
  const distinct = [...new Set(numbers)]
  for (let first = 0; first < distinct.length; first += runColours.length) {
    const dash = dashes[(first / runColours.length) % dashes.length]
    for (const [number, colour] of spreadColours(distinct.slice(first, first + runColours.length))) {
      styles.set(number, dash ? { colour, dash } : { colour })
    }
  }
  return styles
}

/** Gives at most as many runs as there are colours one each, their own first. */
function spreadColours(numbers: readonly number[]): ReadonlyMap<number, string> {
  const free = new Set(runColours.map((_, index) => runColour(index + 1)))
  const given = new Map<number, string>()
  for (const number of numbers) if (free.delete(runColour(number))) given.set(number, runColour(number))
  for (const number of numbers) {
    if (given.has(number)) continue
    const [next = runColour(number)] = free
    free.delete(next)
    given.set(number, next)
  }
  return given
}
