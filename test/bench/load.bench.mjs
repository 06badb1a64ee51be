import { loadDataset } from '@hourglass/datasets/node'
import { median } from './statistics.mjs'

const ROUNDS = 5

/** Measures how long it takes to read all of MNIST from its files, the operating system's cache warm. */
export async function measure() {
  const seconds = []
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    await loadDataset('mnist')
    seconds.push((performance.now() - started) / 1000)
  }
  return [{ figure: 'MNIST read from its files', value: median(seconds), unit: 's', target: 'under 0.5', met: median(seconds) < 0.5 }]
}
