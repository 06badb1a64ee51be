import type { Dataset } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { beforeAll } from 'vitest'
import { completeRunConfig, type RunConfigInput } from '../../src/index.js'
import { type EpochCompleted, type TrainAutoencoderOptions, type TrainingEvent, trainAutoencoder } from '../../src/training.js'

/** Examples as they lie in their files, none held out. */
export const inOrder = { validationCount: 0, selection: 'first' } as const
/** The images of this file's tests. */
export let mnist: Dataset

/** Loads the images before the tests of a file. */
export function useDigits(): void {
  beforeAll(async () => {
    mnist = await loadDataset('mnist', { trainCount: 1000, testCount: 300, ...inOrder })
  })
}

type DenseInput = Extract<RunConfigInput['architecture'], { kind: 'dense' }>

/** A run of seconds; 1000 examples in batches of 96 leave a last batch of 40. */
export function configOf({ architecture, ...changes }: Omit<RunConfigInput, 'architecture'> & { architecture?: Partial<DenseInput> } = {}) {
  return completeRunConfig({
    ...changes,
    data: { dataset: 'mnist', trainCount: 1000, testCount: 300, ...inOrder, ...changes.data },
    architecture: { kind: 'dense', latentDimension: 8, hiddenWidths: [32], ...architecture },
    training: { epochs: 3, batchSize: 96, ...changes.training },
  })
}

/** Trains to the end. */
export async function run(options: Omit<TrainAutoencoderOptions, 'dataset' | 'threads'> & { dataset?: Dataset }) {
  const events: TrainingEvent[] = []
  for await (const event of trainAutoencoder({ dataset: mnist, threads: 2, ...options })) events.push(event)
  const epochs = events.filter((event): event is EpochCompleted => event.type === 'epochCompleted')
  return { events, epochs, losses: epochs.map(({ metrics: { trainLoss, validationLoss } }) => [trainLoss, validationLoss]) }
}

export async function failureOf(running: Promise<unknown>): Promise<unknown> {
  return running.then(
    () => 'no failure',
    (error: unknown) => error,
  )
}
