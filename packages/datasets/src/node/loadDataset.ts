import { type DatasetId, datasetCatalog, datasetIds } from '../catalog.js'
import type { Dataset, Split } from '../Dataset.js'
import { DatasetError } from '../DatasetError.js'
import { makeNoiseImages } from '../makeNoiseImages.js'
import { makeToyManifold } from '../makeToyManifold.js'
import { requireInteger } from '../requireInteger.js'
import type { ImageFolderOptions } from './imageFiles.js'
import { loadImages } from './loadImages.js'

export interface LoadDatasetOptions extends ImageFolderOptions {
  /** Keep only the first so many training examples; null keeps all. @default null */
  readonly trainCount?: number | null | undefined
  /** Keep only the first so many test examples; null keeps all. @default null */
  readonly testCount?: number | null | undefined
}

// Examples that are made are part of what a dataset is: every run sees the same ones, whatever its own seed.
const datasetSeed = 0

/**
 * Loads a dataset by name, whole or the first examples of each split.
 *
 * Image bytes stay bytes: all of MNIST takes 55 MB.
 *
 * @throws DatasetError UNKNOWN_DATASET, DATASET_UNAVAILABLE, TOO_FEW_EXAMPLES where more examples are asked for than there are,
 * INVALID_ARGUMENT for a count that is not a whole number from 1, and what reading the files throws.
 */
export async function loadDataset(id: DatasetId, options: LoadDatasetOptions = {}): Promise<Dataset> {
  if (!datasetIds.includes(id)) throw unknownDataset(id)
  const { trainCount: trainTotal, testCount: testTotal } = datasetCatalog[id]
  const trainCount = requireCount(id, 'training', options.trainCount ?? trainTotal, trainTotal)
  const testCount = requireCount(id, 'test', options.testCount ?? testTotal, testTotal)
  if (id === 'mnist' || id === 'fashion-mnist') {
    const { train, test, ...rest } = await loadImages(id, options)
    return { ...rest, train: firstExamples(train, trainCount), test: firstExamples(test, testCount) }
  }
  const sample = (count: number, stream: string) => {
    const options = { count, seed: datasetSeed, stream }
    return id === 'noise' ? makeNoiseImages(options) : makeToyManifold(id, options)
  }
  return { id, exampleShape: datasetCatalog[id].exampleShape, train: sample(trainCount, 'train'), test: sample(testCount, 'test') }
}

// Copies, so that the memory of the examples left out can be given back.
function firstExamples(split: Split, count: number): Split {
  if (count === split.count) return split
  const size = split.values.length / split.count
  return { count, values: split.values.slice(0, count * size), labels: split.labels.slice(0, count) }
}

function requireCount(id: DatasetId, role: string, count: number, total: number): number {
  requireInteger(`number of ${role} examples`, count, { minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
  if (count <= total) return count
  throw new DatasetError('TOO_FEW_EXAMPLES', {
    subject: `dataset ${id}`,
    expected: `at most ${total} ${role} examples to be asked for, which is all there are`,
    found: `${count}`,
    advice: `Ask for ${total} or fewer, or for null to get all.`,
  })
}

function unknownDataset(id: string): DatasetError {
  return new DatasetError('UNKNOWN_DATASET', {
    subject: 'loadDataset',
    expected: `one of ${datasetIds.join(', ')}`,
    found: String(id),
    advice: 'Choose a dataset by one of these names.',
  })
}
