import type { CodeCloud, StoredCodes } from '@hourglass/autoencoders/latent'

/** Codes that the map shows: those of test examples, and behind them those of training examples. */
export interface MapExamples {
  readonly codes: Float32Array
  readonly labels: ArrayLike<number>
  /** Rows from here on are of training examples. */
  readonly testCount: number
  readonly codeOf: (row: number) => Float32Array
  /** Names the example of a row: `test example 12`, as it is counted in files. */
  readonly nameOf: (row: number) => string
}

/** Puts the codes that the map shows one behind the other. */
export function mapExamples({ codes, labels }: StoredCodes, training: CodeCloud | null, size: number): MapExamples {
  const testCount = labels.length
  const all = new Float32Array(codes.length + (training?.codes.length ?? 0))
  all.set(codes)
  if (training) all.set(training.codes, codes.length)
  return {
    codes: all,
    labels: training ? [...Array.from(labels), ...Array.from(training.labels)] : labels,
    testCount,
    codeOf: (row) => all.slice(row * size, (row + 1) * size),
    nameOf: (row) => (row < testCount ? `test example ${row}` : `training example ${row - testCount}`),
  }
}
