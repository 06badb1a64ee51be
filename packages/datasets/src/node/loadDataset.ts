import { datasetCatalog, requireDatasetId } from '../catalog.js'
import type { Dataset } from '../Dataset.js'
import type { DatasetDescription } from '../DatasetDescription.js'
import { DatasetError } from '../DatasetError.js'
import { countExamples, drawExamples, type ExampleCounts, type WantedExamples } from '../drawExamples.js'
import { pickExamples } from '../pickExamples.js'
import { requireInteger } from '../requireInteger.js'
import { type DatasetFolders, loadSource } from './datasetSources.js'

export interface LoadDatasetOptions extends DatasetFolders, WantedExamples {}

/**
 * Loads the examples of a data set that are wanted, as `drawExamples` draws them: unless otherwise said all, of which a twelfth of the training split is held
 * out for validation.
 *
 * Image bytes stay bytes: all of MNIST takes 55 MB.
 *
 * @throws DatasetError UNKNOWN_DATASET, DATASET_UNAVAILABLE, TOO_FEW_EXAMPLES where more examples are asked for than there are,
 * INVALID_ARGUMENT for a count that is not a whole number from 1 (of validation examples from 0), and what reading the files throws.
 */
export async function loadDataset(name: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  const id = requireDatasetId(name)
  const description = datasetCatalog[id]
  requireCounts(id, description, countExamples(description, options))
  const places = drawExamples(id, options)
  const needed = { train: Math.max(needs(places.train), needs(places.validation)), test: needs(places.test) }
  const { train, test } = await loadSource({ id, description, source: description.source, folder: options.folders?.[id] }, needed)
  return {
    id,
    exampleShape: description.exampleShape,
    train: pickExamples(train, places.train),
    validation: places.validation.length > 0 ? pickExamples(train, places.validation) : null,
    test: pickExamples(test, places.test),
  }
}

/** How many examples of a split have to be there for the last of some places. */
function needs(places: Uint32Array): number {
  return places.reduce((most, place) => Math.max(most, place + 1), 0)
}

function requireCounts(id: string, { trainCount, testCount }: DatasetDescription, { train, validation, test }: ExampleCounts): void {
  requireCount(id, { role: 'training', count: train, minimum: 1, total: trainCount })
  requireCount(id, { role: 'validation', count: validation, minimum: 0, total: trainCount - 1 })
  requireCount(id, { role: 'test', count: test, minimum: 1, total: testCount })
  if (train + validation <= trainCount) return
  throw new DatasetError('TOO_FEW_EXAMPLES', {
    subject: `dataset ${id}`,
    expected: `at most ${trainCount} training and validation examples together to be asked for, which is all there are`,
    found: `${train} + ${validation}`,
    advice: `Ask for ${trainCount - train} or fewer validation examples, or for fewer training examples.`,
  })
}

interface Wanted {
  readonly role: string
  readonly count: number
  readonly minimum: number
  readonly total: number
}

function requireCount(id: string, { role, count, minimum, total }: Wanted): void {
  if (Number.isInteger(count) && count >= minimum && count > total) {
    throw new DatasetError('TOO_FEW_EXAMPLES', {
      subject: `dataset ${id}`,
      expected: `at most ${total} ${role} examples to be asked for`,
      found: `${count}`,
      advice: `Ask for ${total} or fewer, or for null to get as many as usual.`,
    })
  }
  requireInteger(`number of ${role} examples`, count, { minimum, maximum: Number.MAX_SAFE_INTEGER })
}
