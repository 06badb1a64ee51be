import type { RunConfig } from '@hourglass/autoencoders'

/** Says how much an experiment is: `9 runs, 50 epochs each, MNIST`. */
export function presetFacts(configs: readonly RunConfig[], datasetTitle: (id: string) => string): string {
  const distinct = <Value>(values: readonly Value[]) => [...new Set(values)]
  const epochs = distinct(configs.map(({ training }) => training.epochs)).sort((a, b) => a - b)
  const range = epochs.length > 1 ? `${epochs[0]} to ${epochs.at(-1)}` : `${epochs[0] ?? 0}`
  const datasets = distinct(configs.map(({ data }) => describeData(data, datasetTitle)))
  const length = `${range} ${range === '1' ? 'epoch' : 'epochs'}${configs.length > 1 ? ' each' : ''}`
  return [configs.length === 1 ? '1 run' : `${configs.length} runs`, length, ...datasets].join(', ')
}

function describeData({ dataset, trainCount }: RunConfig['data'], datasetTitle: (id: string) => string): string {
  return trainCount === null ? datasetTitle(dataset) : `${trainCount.toLocaleString('en')} of ${datasetTitle(dataset)}`
}
