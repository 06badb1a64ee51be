import { createRandom } from '@hourglass/random'
import { DatasetError } from './DatasetError.js'
import { requireInteger } from './requireInteger.js'
import type { Split } from './Split.js'
import { dimensionOf, isToyManifoldId, type ToyManifold, type ToyManifoldId, toyManifolds } from './toyManifolds.js'

/** A split whose values are coordinates. */
export interface PointSplit extends Split {
  /** `[count, dimension]`, row-major. */
  readonly values: Float32Array
}

export interface ToyManifoldOptions {
  readonly count: number
  readonly seed: number
  /** Standard deviation of the normal noise on each coordinate. @default the manifold’s own */
  readonly noise?: number
  /** Names the sample: different names give different points of the same manifold. @default 'train' */
  readonly stream?: string
}

/**
 * Makes points near a curve or a surface, roughly within [-1.5, 1.5] on every axis.
 *
 * `values` is `[count, dimension]`. Point `i` depends on the seed, the stream and `i` alone, so a smaller sample is the beginning of a larger one.
 * The rows of `toyManifolds` tell what each looks like and what its labels are.
 *
 * Positions are uniform in [0, 1); all coordinates get independent normal noise.
 *
 * @throws DatasetError INVALID_ARGUMENT for an unknown manifold, a count or seed that is not a whole number, or a negative noise.
 */
export function makeToyManifold(id: ToyManifoldId, options: ToyManifoldOptions): PointSplit {
  if (!isToyManifoldId(id)) throw unknownManifold(id)
  const manifold: ToyManifold = toyManifolds[id]
  const { count, seed, noise = manifold.noise, stream = 'train' } = options
  requireInteger('count', count, { minimum: 0, maximum: 10_000_000 })
  if (!(noise >= 0 && noise < Number.POSITIVE_INFINITY)) throw invalidNoise(noise)

  const random = createRandom(seed, `${id}/${stream}`)
  const positionsAcross = createRandom(seed, `${id}/${stream}/across`)
  const dimension = dimensionOf(manifold)
  const values = new Float32Array(dimension * count) // [count, dimension]
  const labels = new Uint8Array(count)
  random.fillNormal(values, { standardDeviation: noise })
  for (let i = 0; i < count; i++) {
    const position = random.uniform(i)
    const { at, label = Math.floor(position * manifold.classCount) } = manifold.point(position, i, positionsAcross.uniform(i))
    for (const [axis, coordinate] of at.entries()) values[dimension * i + axis] = coordinate + (values[dimension * i + axis] as number)
    labels[i] = label
  }
  return { count, values, labels }
}

function unknownManifold(id: string): DatasetError {
  return new DatasetError('INVALID_ARGUMENT', {
    subject: 'makeToyManifold',
    expected: `one of ${Object.keys(toyManifolds).join(', ')}`,
    found: id,
    advice: 'Image datasets are read with loadDataset.',
  })
}

function invalidNoise(noise: number): DatasetError {
  return new DatasetError('INVALID_ARGUMENT', {
    subject: 'noise',
    expected: 'a standard deviation of 0 or more',
    found: String(noise),
    advice: 'The coordinates lie within 1.5 of 0: values up to 0.3 keep the shape visible.',
  })
}
