export interface PresetSize {
  readonly runs: number
  /** Lengths of its runs, each once, ascending. */
  readonly epochs: readonly number[]
  /** What they train on, each once. */
  readonly data: readonly { readonly dataset: string; readonly trainCount: number | null }[]
}

/** Says how much an experiment is: `9 runs, 50 epochs each, MNIST`. */
export function presetFacts({ runs, epochs, data }: PresetSize, datasetTitle: (id: string) => string): string {
  const range = epochs.length > 1 ? `${epochs[0]} to ${epochs.at(-1)}` : `${epochs[0] ?? 0}`
  const length = `${range} ${range === '1' ? 'epoch' : 'epochs'}${runs > 1 ? ' each' : ''}`
  const datasets = data.map(({ dataset, trainCount }) =>
    trainCount === null ? datasetTitle(dataset) : `${trainCount.toLocaleString('en')} of ${datasetTitle(dataset)}`,
  )
  return [runs === 1 ? '1 run' : `${runs} runs`, length, ...datasets].join(', ')
}
