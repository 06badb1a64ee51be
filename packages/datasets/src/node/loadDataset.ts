import { datasetCatalog, requireDatasetId } from '../catalog.js'
import type { Dataset } from '../Dataset.js'
import { DatasetError } from '../DatasetError.js'
import { requireInteger } from '../requireInteger.js'
import type { Split } from '../Split.js'
import { type DatasetFolders, loadSource } from './datasetSources.js'

export interface LoadDatasetOptions extends DatasetFolders {
  /** Keep only the first so many training examples; null keeps all. @default null */
  readonly trainCount?: number | null | undefined
  /** Keep only the first so many test examples; null keeps all. @default null */
  readonly testCount?: number | null | undefined
}

/**
 * Loads a dataset by name, whole or the first examples of each split.
 *
 * Image bytes stay bytes: all of MNIST takes 55 MB.
 *
 * @throws DatasetError UNKNOWN_DATASET, DATASET_UNAVAILABLE, TOO_FEW_EXAMPLES where more examples are asked for than there are,
 * INVALID_ARGUMENT for a count that is not a whole number from 1, and what reading the files throws.
 */
export async function loadDataset(name: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  const id = requireDatasetId(name)
  const description = datasetCatalog[id]
  const { exampleShape, source, trainCount: trainTotal, testCount: testTotal } = description
  const counts = {
    train: requireCount(id, 'training', options.trainCount ?? trainTotal, trainTotal),
    test: requireCount(id, 'test', options.testCount ?? testTotal, testTotal),
  }
  const { train, test } = await loadSource({ id, description, source, folder: options.folders?.[id] }, counts)
  return { id, exampleShape, train: firstExamples(train, counts.train), test: firstExamples(test, counts.test) }
}

// Copies, so that the memory of the examples left out can be given back.
function firstExamples(split: Split, count: number): Split {
  if (count === split.count) return split
  const size = split.values.length / split.count
  return { count, values: split.values.slice(0, count * size), labels: split.labels.slice(0, count) }
}

function requireCount(id: string, role: string, count: number, total: number): number {
  requireInteger(`number of ${role} examples`, count, { minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
  if (count <= total) return count
  throw new DatasetError('TOO_FEW_EXAMPLES', {
    subject: `dataset ${id}`,
    expected: `at most ${total} ${role} examples to be asked for, which is all there are`,
    found: `${count}`,
    advice: `Ask for ${total} or fewer, or for null to get all.`,
  })
}
