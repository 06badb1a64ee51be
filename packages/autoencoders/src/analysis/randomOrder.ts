import { type DatasetId, datasetCatalog, shuffledIndices } from '@hourglass/datasets'

export interface ShuffledPart {
  readonly dataset: DatasetId
  readonly split: 'train' | 'test'
  /** Examples that are used, from the first of the split. */
  readonly count: number
}

/**
 * Puts the examples of a split in the one random order from whose front subsets are taken: the same for all runs of a data set, of which those that use
 * fewer examples leave out the others. The first examples of a file are no sample: those of MNIST's test images are easier to tell apart.
 */
export function randomOrder({ dataset, split, count }: ShuffledPart): Uint32Array {
  const whole = datasetCatalog[dataset][split === 'train' ? 'trainCount' : 'testCount']
  return shuffledIndices(Math.max(whole, count), { seed: 0, stream: `analysis/${split}` }).filter((index) => index < count)
}
