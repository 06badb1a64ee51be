import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { gramOfRows } from '../metrics/gram.js'
import { innerProduct } from '../optimizers/lbfgs/innerProduct.js'
import { combine, type PushForward } from './leadingTangents.js'

export interface WalkOptions {
  /** Where it begins, `[size]`. */
  readonly code: Float32Array
  /** Directions of the code that may be walked along, `[count, size]`. */
  readonly directions: Float32Array
  /** The direction in which the example moves at first, of length 1, `[values of one example]`. */
  readonly towards: Float32Array
  /** How far the example moves along the way, to either side. */
  readonly length: number
  /** Steps to either side. */
  readonly steps: number
  /** Lets others have a turn between steps. */
  readonly pause?: () => Promise<void>
}

export interface Walk {
  /** Codes along the way, from one end to the other, `[count, size]`. */
  readonly codes: Float32Array
  /** The row of the code where it begins. */
  readonly start: number
}

/** Share of the mean square of the directions' images that is added to their own: directions that move nothing would be gone along for ever. */
const DAMPING = 1e-6
/** A step that moves the example by less than this share of what it should has come to where the decoder does not move. */
const STUCK = 0.05

/**
 * Walks along the decoder's surface g from a code, both ways: as far in the space of examples at every step, in the direction that is nearest to that of the step
 * before (a geodesic of the metric Jᵀ J, to first order; Shao, Kumar & Fletcher 2018). With J V the images of the directions at z and w the direction so far,
 *
 *     a = argmin ‖J V a − w‖,   u = J V a / ‖J V a‖,   z ← z + h V a / ‖J V a‖,   w ← u.
 *
 * Ends early where the decoder does not move any more.
 */
export async function walkManifold(pushAt: (code: Float32Array) => PushForward, options: WalkOptions): Promise<Walk> {
  const ahead = await walkOneWay(pushAt, options, 1)
  const back = await walkOneWay(pushAt, options, -1)
  const size = options.code.length
  const codes = new Float32Array((back.length + 1 + ahead.length) * size)
  for (const [row, code] of [...back.toReversed(), options.code, ...ahead].entries()) codes.set(code, row * size)
  return { codes, start: back.length }
}

async function walkOneWay(
  pushAt: (code: Float32Array) => PushForward,
  { code, directions, towards, length, steps, pause }: WalkOptions,
  sign: 1 | -1,
): Promise<readonly Float32Array[]> {
  const size = code.length
  const count = directions.length / size
  const way: Float32Array[] = []
  let at = code
  let direction = towards.map((value) => sign * value)
  for (let step = 0; step < steps; step++) {
    const images = pushAt(at)(directions) // [count, values]
    const weights = nearestWeights(images, direction, count)
    const moved = combine(weights, images, count)
    const speed = Math.sqrt(innerProduct(moved, moved))
    if (!(speed > STUCK)) break
    const turned = combine(weights, directions, count)
    const from = at
    at = from.map((value, place) => value + ((length / steps) * (turned[place] as number)) / speed)
    if (!at.every(Number.isFinite)) break
    way.push(at)
    direction = moved.map((value) => value / speed)
    await pause?.()
  }
  return way
}

/** Finds the weights with which images `[count, values]` add up to what is nearest to a direction `[values]`. */
function nearestWeights(images: Float32Array, direction: Float32Array, count: number): Float32Array {
  const values = direction.length
  const gram = gramOfRows(images, values)
  const damping = DAMPING * (gram.trace() / count) || DAMPING
  for (let at = 0; at < count; at++) gram.set(at, at, gram.get(at, at) + damping)
  const right = Array.from({ length: count }, (_, row) => innerProduct(direction, images.subarray(row * values, (row + 1) * values)))
  return Float32Array.from(new CholeskyDecomposition(gram).solve(Matrix.columnVector(right)).to1DArray())
}
