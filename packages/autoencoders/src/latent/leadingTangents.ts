import { createRandom } from '@hourglass/datasets'
import { EigenvalueDecomposition, Matrix, QrDecomposition } from 'ml-matrix'
import { gramOfRows } from '../metrics/gram.js'

/** Multiplies directions `[count, size of a code]` by the decoder’s Jacobian at a code: `[count, values of one example]`. */
export type PushForward = (directions: Float32Array) => Float32Array

/** The directions in which a decoder moves an example most, at one code. */
export interface LeadingTangents {
  readonly count: number
  /** How far the example moves along each for a step of length 1 of the code, falling, `[count]`. */
  readonly stretches: Float32Array
  /** Orthonormal directions of the code, `[count, size of a code]`. */
  readonly directions: Float32Array
  /** The orthonormal directions in which the example moves along them, `[count, values of one example]`; the largest component of each is positive. */
  readonly images: Float32Array
}

export interface LeadingTangentsOptions {
  /** Units of a code. */
  readonly size: number
  readonly wanted: number
  /** Lets others have a turn between parts of long work. */
  readonly pause?: () => Promise<void>
}

/** Codes of up to this many units have all of JᵀJ decomposed. */
const MOST_EXACT = 128
/** Directions that are looked for besides those wanted: they make the wanted ones converge fast. */
const SPARE = 8
const ITERATIONS = 10
/** Directions of the code whose images are computed at a time. */
const AT_A_TIME = 32
/** What moves the example by less than this share of the leading direction is rounding. */
const DISTINCT = 1e-4

/**
 * Finds the leading singular vectors of the decoder's Jacobian J at one code, from its columns, which are products of J with unit vectors. Beyond 128 units only those
 * of the subspace that block power iteration finds (Halko, Martinsson & Tropp 2011, algorithm 4.4). Directions that hardly move the example are left out.
 */
export async function leadingTangents(push: PushForward, { size, wanted, pause }: LeadingTangentsOptions): Promise<LeadingTangents> {
  const columns = await columnsOf(push, size, pause) // Jᵀ, [size, values]
  const values = columns.length / size
  const block = size <= MOST_EXACT ? null : leadingSubspace(columns, size, Math.min(size, wanted + SPARE))
  const within = block ? combine(block, columns, size) : columns // [rows, values]
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gramOfRows(within, values), { assumeSymmetric: true })
  const falling = [...realEigenvalues.keys()].toSorted((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
  const stretchOf = (place: number) => Math.sqrt(Math.max(0, realEigenvalues[place] ?? 0))
  const greatest = stretchOf(falling[0] ?? 0)
  const kept = falling.slice(0, wanted).filter((place) => greatest > 0 && stretchOf(place) > DISTINCT * greatest)
  const weights = Float32Array.from(kept.flatMap((place) => eigenvectorMatrix.getColumn(place))) // [count, rows]
  const rows = within.length / values
  const images = combine(weights, within, rows)
  const directions = block ? combine(weights, block, rows) : weights
  for (const [index, place] of kept.entries()) {
    const image = images.subarray(index * values, (index + 1) * values)
    const sign = image.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0) < 0 ? -1 : 1
    for (let at = 0; at < values; at++) image[at] = (sign * (image[at] as number)) / stretchOf(place)
    for (let at = index * size; at < (index + 1) * size; at++) directions[at] = sign * (directions[at] as number)
  }
  return { count: kept.length, stretches: Float32Array.from(kept, stretchOf), directions, images }
}

async function columnsOf(push: PushForward, size: number, pause?: () => Promise<void>): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for (let begin = 0; begin < size; begin += AT_A_TIME) {
    const count = Math.min(AT_A_TIME, size - begin)
    const units = new Float32Array(count * size)
    for (let row = 0; row < count; row++) units[row * size + begin + row] = 1
    parts.push(push(units))
    await pause?.()
  }
  const columns = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    columns.set(part, at)
    at += part.length
  }
  return columns
}

/** Finds orthonormal rows `[block, size]` that nearly span the directions of the code along which Jᵀ `[size, values]` is longest. */
function leadingSubspace(columns: Float32Array, size: number, block: number): Float32Array {
  const values = columns.length / size
  const random = createRandom(1, 'latent/tangents')
  let basis = orthonormalRows(
    Float32Array.from({ length: block * size }, (_, index) => random.normal(index)),
    size,
  )
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const images = combine(basis, columns, size) // [block, values]
    const next = new Float32Array(block * size)
    for (let row = 0; row < block; row++) {
      for (let unit = 0; unit < size; unit++) {
        let sum = 0
        for (let at = 0; at < values; at++) sum += (images[row * values + at] as number) * (columns[unit * values + at] as number)
        next[row * size + unit] = sum
      }
    }
    basis = orthonormalRows(next, size)
  }
  return basis
}

function orthonormalRows(rows: Float32Array, width: number): Float32Array {
  const { orthogonalMatrix } = new QrDecomposition(Matrix.from1DArray(rows.length / width, width, rows).transpose())
  return Float32Array.from(orthogonalMatrix.transpose().to1DArray())
}

/** Adds rows up with weights: `[count, rows]` and `[rows, width]` make `[count, width]`. */
export function combine(weights: Float32Array, values: Float32Array, rows: number): Float32Array {
  const [count, width] = [weights.length / rows, values.length / rows]
  const sums = new Float32Array(count * width)
  for (let index = 0; index < count; index++) {
    for (let row = 0; row < rows; row++) {
      const weight = weights[index * rows + row] as number
      if (weight === 0) continue
      for (let at = 0; at < width; at++) {
        sums[index * width + at] = (sums[index * width + at] as number) + weight * (values[row * width + at] as number)
      }
    }
  }
  return sums
}
