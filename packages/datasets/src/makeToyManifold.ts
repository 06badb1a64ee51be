import { datasetCatalog, type ToyManifoldId } from './catalog.js'
import type { Split } from './Dataset.js'
import { DatasetError } from './DatasetError.js'
import { createRandom } from './random/CounterRandom.js'
import { requireInteger } from './requireInteger.js'

interface ManifoldPoint {
  readonly x: number
  readonly y: number
  readonly label: number
}

/** A curve in the plane: where example `index` lies on it for a position drawn uniformly from [0, 1). */
interface ToyManifold {
  readonly defaultNoise: number
  readonly point: (position: number, index: number) => ManifoldPoint
}

const segment = (id: ToyManifoldId, position: number) => Math.floor(position * datasetCatalog[id].classCount)

const toyManifolds = {
  // (cos 2πt, sin 2πt), uniform in arc length; label = which eighth of the circle.
  circle: {
    defaultNoise: 0.05,
    point: (t) => ({ x: Math.cos(2 * Math.PI * t), y: Math.sin(2 * Math.PI * t), label: segment('circle', t) }),
  },
  // Archimedes: r = sqrt(t), angle = 4π sqrt(t). The root spreads points almost evenly along the arc, whose length grows with r².
  spiral: {
    defaultNoise: 0.02,
    point: (t) => {
      const radius = Math.sqrt(t)
      return { x: radius * Math.cos(4 * Math.PI * radius), y: radius * Math.sin(4 * Math.PI * radius), label: segment('spiral', t) }
    },
  },
  // Upper moon (cos πt - 1/2, sin πt - 1/4), lower moon (1/2 - cos πt, 1/4 - sin πt), taking turns; label = moon.
  'two-moons': {
    defaultNoise: 0.05,
    point: (t, index) => {
      const label = index % 2
      const side = label === 0 ? 1 : -1
      return { x: side * (Math.cos(Math.PI * t) - 0.5), y: side * (Math.sin(Math.PI * t) - 0.25), label }
    },
  },
} as const satisfies Record<ToyManifoldId, ToyManifold>

/** A split whose values are coordinates. */
export interface PointSplit extends Split {
  /** `[count, 2]`, row-major. */
  readonly values: Float32Array
}

export interface ToyManifoldOptions {
  readonly count: number
  readonly seed: number
  /** Standard deviation of the normal noise on each coordinate. @default 0.02 for the spiral, 0.05 for the others */
  readonly noise?: number
  /** Names the sample: different names give different points of the same manifold. @default 'train' */
  readonly stream?: string
}

/**
 * Makes points near a curve in the plane, roughly within [-1.5, 1.5] on both axes.
 *
 * `values` is `[count, 2]`. Point `i` depends on the seed, the stream and `i` alone, so a smaller sample is the beginning of a larger one.
 * - circle: (cos 2πt, sin 2πt); label = eighth of the circle.
 * - spiral: radius √t, angle 4π√t, two turns; label = eighth of its length, from the centre.
 * - two-moons: ±(cos πt - 1/2, sin πt - 1/4), + for even `i`; label = moon.
 *
 * t is uniform in [0, 1); both coordinates get independent normal noise.
 *
 * @throws DatasetError INVALID_ARGUMENT for an unknown manifold, a count or seed that is not a whole number, or a negative noise.
 */
export function makeToyManifold(id: ToyManifoldId, options: ToyManifoldOptions): PointSplit {
  const manifold: ToyManifold | undefined = Object.hasOwn(toyManifolds, id) ? toyManifolds[id] : undefined
  if (manifold === undefined) throw unknownManifold(id)
  const { count, seed, noise = manifold.defaultNoise, stream = 'train' } = options
  requireInteger('count', count, { minimum: 0, maximum: 10_000_000 })
  if (!(noise >= 0 && noise < Number.POSITIVE_INFINITY)) throw invalidNoise(noise)

  const random = createRandom(seed, `${id}/${stream}`)
  const values = new Float32Array(2 * count) // [count, 2]
  const labels = new Uint8Array(count)
  random.fillNormal(values, { standardDeviation: noise })
  for (let i = 0; i < count; i++) {
    const { x, y, label } = manifold.point(random.uniform(i), i)
    values[2 * i] = x + (values[2 * i] as number)
    values[2 * i + 1] = y + (values[2 * i + 1] as number)
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
