import type { CodedChoice } from '@hourglass/autoencoders/calls'
import { type Dataset, gatherExamples, type Split, shuffledIndices } from '@hourglass/datasets'

/** Examples of a sample: as many as a map shows at the speed of the hand while epochs are played. */
const SAMPLE = 10_000

/** Examples of a data set: its test examples, behind them those that are trained on, and those held out for validation. */
export interface ChosenExamples {
  /** How many of each there are. */
  readonly counts: readonly [test: number, training: number, validation: number]
  /** Those that are chosen, counted in that order. */
  readonly rows: Uint32Array
  /** Of those that are chosen. */
  readonly labels: Uint8Array
}

/** Chooses all examples, or a random sample that is the same for every epoch, and whose beginning is a smaller one. */
export function chooseExamples(dataset: Dataset, choice: CodedChoice): ChosenExamples {
  const splits = splitsOf(dataset)
  const counts = splits.map(({ count }) => count) as [number, number, number]
  const total = counts.reduce((sum, count) => sum + count, 0)
  const rows =
    choice === 'all'
      ? Uint32Array.from({ length: total }, (_, row) => row)
      : shuffledIndices(total, { seed: 0, stream: 'latent/sample' }).slice(0, SAMPLE)
  return {
    counts,
    rows,
    labels: Uint8Array.from(rows, (row) => {
      const [split, at] = placeOf(splits, row)
      return split.labels[at] ?? 0
    }),
  }
}

/** Copies examples into `[n, values of one]`. */
export function gatherRows(dataset: Dataset, rows: Uint32Array): Float32Array {
  const splits = splitsOf(dataset)
  const size = dataset.exampleShape.reduce((product, length) => product * length, 1)
  const values = new Float32Array(rows.length * size)
  const one = new Uint32Array(1)
  for (const [index, row] of rows.entries()) {
    const [split, at] = placeOf(splits, row)
    one[0] = at
    gatherExamples(split, { indices: one, start: 0, end: 1 }, values.subarray(index * size, (index + 1) * size))
  }
  return values
}

const none: Split = { count: 0, values: new Uint8Array(), labels: new Uint8Array() }
const splitsOf = ({ test, train, validation }: Dataset): readonly Split[] => [test, train, validation ?? none]

function placeOf(splits: readonly Split[], row: number): readonly [split: Split, at: number] {
  let at = row
  for (const split of splits) {
    if (at < split.count) return [split, at]
    at -= split.count
  }
  throw new RangeError(`examples: expected one of ${row - at}, got row ${row}`)
}
