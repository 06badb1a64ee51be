import type { Dataset } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'

/** Loads digits of 14 × 14 pixels, every other one of MNIST's: small enough that PCA of them takes no time. */
export async function loadSmallDigits(trainCount: number, testCount: number): Promise<Dataset> {
  const { train, test } = await loadDataset('mnist', { trainCount, testCount, validationCount: 0, selection: 'first' })
  const shrink = (split: Dataset['train']) => ({
    ...split,
    values: split.values.filter((_, index) => index % 2 === 0 && Math.floor(index / 28) % 2 === 0),
  })
  return { id: 'mnist', exampleShape: [14, 14], train: shrink(train), validation: null, test: shrink(test) }
}
