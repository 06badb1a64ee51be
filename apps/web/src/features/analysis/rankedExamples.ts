import { rankByError } from '@hourglass/autoencoders'

/** A test example with its error. */
export interface RankedExample {
  /** Its place among the test examples of the run. */
  readonly place: number
  readonly label: number
  readonly error: number
  /** From 1, the least error first. */
  readonly rank: number
}

/** Ranks all test examples by their errors, the least first, out of the file that the analysis left: an error and a class for each, `[n, 2]`. */
export function rankedExamples(table: Float32Array): readonly RankedExample[] {
  const errors = table.filter((_, index) => index % 2 === 0)
  return Array.from(rankByError(errors), (place, index) => ({
    place,
    label: table[2 * place + 1] ?? 0,
    error: errors[place] ?? Number.NaN,
    rank: index + 1,
  }))
}

/** Chooses at most so many of the epochs that have a model, in ascending order: the first, the last, and between them closer where a model learns fastest. */
export function chosenEpochs(epochs: readonly number[], most: number): readonly number[] {
  const first = epochs[0]
  const last = epochs.at(-1)
  if (first === undefined || last === undefined || epochs.length <= most) return epochs
  const ratio = (last / first) ** (1 / (most - 1))
  const wanted = Array.from({ length: most }, (_, index) => first * ratio ** index)
  const nearest = (epoch: number) => epochs.reduce((best, each) => (Math.abs(each - epoch) < Math.abs(best - epoch) ? each : best), first)
  return [...new Set([first, ...wanted.map(nearest), last])].sort((a, b) => a - b)
}
