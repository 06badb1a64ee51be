import { type CodeCloud, type MapPlaces, type MapPlane, placesOf, type StoredCodes } from '@hourglass/autoencoders/latent'
import type { Tensors } from '../../files/fetchTensors'

/** Numbers of a run's test, training and validation examples: an example is known by its row among all of them, in this order. */
export type SplitCounts = readonly [test: number, training: number, validation: number]

export const splitNames = ['test', 'training', 'validation'] as const
export type SplitName = (typeof splitNames)[number]

/** Examples that the map shows, one behind the other. */
export interface MapExamples {
  readonly labels: ArrayLike<number>
  /** Error of each reconstruction, where it came with them. */
  readonly errors: Float32Array | null
  /** Up to here they may be selected. */
  readonly selectable: number
  /** Up to here their codes are test examples’ that the page holds. */
  readonly keptCount: number
  /** Projects them onto a plane. */
  readonly placesOn: (plane: MapPlane) => MapPlaces
  /** Codes of all of them, where the page holds these. */
  readonly codes: Float32Array | null
  /** Code of one; null where the page does not hold it. */
  readonly codeOf: (index: number) => Float32Array | null
  /** Row of an example among all of the run’s, and back; -1 where it is not shown. */
  readonly rowOf: (index: number) => number
  readonly indexOf: (row: number) => number
}

interface KeptOptions {
  readonly training: CodeCloud | null
  /** Units of one code. */
  readonly size: number
  /** Test examples of the run’s data, of which the first are kept. */
  readonly testCount: number
}

/** Puts the codes that an epoch has kept one behind the other: those of test examples, and of training examples where they are wanted. */
export function mapExamples({ codes, labels }: StoredCodes, { training, size, testCount }: KeptOptions): MapExamples {
  const kept = labels.length
  const all = new Float32Array(codes.length + (training?.codes.length ?? 0))
  all.set(codes)
  if (training) all.set(training.codes, codes.length)
  const allLabels = training ? [...Array.from(labels), ...Array.from(training.labels)] : labels
  return {
    labels: allLabels,
    errors: null,
    selectable: kept,
    keptCount: kept,
    placesOn: (plane) => placesOf(all, allLabels, plane),
    codes: all,
    codeOf: (index) => all.slice(index * size, (index + 1) * size),
    rowOf: (index) => (index < kept ? index : testCount + index - kept),
    indexOf: (row) => {
      if (row < testCount) return row < kept ? row : -1
      const index = kept + row - testCount
      return index < allLabels.length ? index : -1
    },
  }
}

/** Reads the examples whose places on a plane came as a file. */
export function placedExamples(tensors: Tensors): MapExamples {
  const of = (name: string) => tensors[name]?.values ?? new Float32Array()
  const [x, y, rows] = [of('x'), of('y'), of('rows')]
  const indices = isCounting(rows) ? null : new Map(Array.from(rows, (row, index) => [row, index]))
  return {
    labels: of('labels'),
    errors: of('errors'),
    selectable: rows.length,
    keptCount: 0,
    placesOn: () => ({ x, y }),
    codes: null,
    codeOf: () => null,
    rowOf: (index) => rows[index] ?? -1,
    indexOf: (row) => (indices ? (indices.get(row) ?? -1) : row < rows.length ? row : -1),
  }
}

/** Codes of so many examples are laid out by UMAP. */
const MOST_EMBEDDED = 5_000

/** Reads the first examples of a random choice of all, with their codes. */
export function codedExamples(tensors: Tensors, size: number): MapExamples {
  const rows = (tensors.rows?.values ?? new Float32Array()).slice(0, MOST_EMBEDDED)
  const of = (name: string) => (tensors[name]?.values ?? new Float32Array()).slice(0, rows.length)
  const codes = (tensors.codes?.values ?? new Float32Array()).slice(0, rows.length * size)
  const labels = of('labels')
  const indices = new Map(Array.from(rows, (row, index) => [row, index]))
  return {
    labels,
    errors: of('errors'),
    selectable: rows.length,
    keptCount: 0,
    placesOn: (plane) => placesOf(codes, labels, plane),
    codes,
    codeOf: (index) => codes.slice(index * size, (index + 1) * size),
    rowOf: (index) => rows[index] ?? -1,
    indexOf: (row) => indices.get(row) ?? -1,
  }
}

const isCounting = (rows: Float32Array) => rows.every((row, index) => row === index)

/** Tells of which split an example is, and where it stands there. */
export function splitOf(row: number, [test, training]: SplitCounts): readonly [split: SplitName, index: number] {
  if (row < test) return ['test', row]
  return row < test + training ? ['training', row - test] : ['validation', row - test - training]
}

/** Names an example: `test example 12`, as it is counted in files. */
export function exampleName(row: number, counts: SplitCounts): string {
  const [split, index] = splitOf(row, counts)
  return `${split} example ${index}`
}
