/** Every dataset that Hourglass knows by name. */
export const datasetIds = ['mnist', 'fashion-mnist', 'noise', 'circle', 'spiral', 'two-moons'] as const
export type DatasetId = (typeof datasetIds)[number]

/** Datasets of 28x28 grey images, read from IDX files. */
export type ImageDatasetId = 'mnist' | 'fashion-mnist'
/** Datasets of points in the plane, made on demand. */
export type ToyManifoldId = Exclude<DatasetId, ImageDatasetId | 'noise'>

/** What is known about a dataset before any of it is read. */
export interface DatasetDescription {
  readonly title: string
  readonly description: string
  /** Shape of one example: `[28, 28]` for images, `[2]` for points. */
  readonly exampleShape: readonly number[]
  readonly trainCount: number
  readonly testCount: number
  readonly kind: 'images' | 'points'
  readonly classCount: number
}

const images = { exampleShape: [28, 28], trainCount: 60_000, testCount: 10_000, kind: 'images', classCount: 10 } as const
const points = { exampleShape: [2], trainCount: 2_000, testCount: 1_000, kind: 'points' } as const

/** Describes every dataset, whether or not its files are on this machine. */
export const datasetCatalog: Readonly<Record<DatasetId, DatasetDescription>> = {
  mnist: { ...images, title: 'MNIST', description: 'Handwritten digits 0 to 9, 28 by 28 grey pixels (LeCun, Cortes and Burges 1998).' },
  'fashion-mnist': {
    ...images,
    title: 'Fashion-MNIST',
    description: 'Ten kinds of clothing, 28 by 28 grey pixels; harder than MNIST (Xiao, Rasul and Vollgraf 2017).',
  },
  noise: {
    ...images,
    title: 'Noise',
    description: 'Images of independent uniform pixels, 28 by 28: only a model that has learned to copy reconstructs them.',
    classCount: 1,
  },
  circle: { ...points, title: 'Circle', description: 'Points around a circle in the plane, labelled by arc.', classCount: 8 },
  spiral: {
    ...points,
    title: 'Spiral',
    description: 'Points along two turns of a spiral in the plane, labelled by stretch.',
    classCount: 8,
  },
  'two-moons': { ...points, title: 'Two moons', description: 'Points on two interlocking half circles, labelled by moon.', classCount: 2 },
}
