import { setImmediate } from 'node:timers/promises'
import { BatchGatherer, type Dataset, datasetCatalog, type Split, shuffledIndices } from '@hourglass/datasets'
import { AutoencoderError } from '../AutoencoderError.js'
import { initializeParameters } from '../architectures/initializers.js'
import type { ArchitectureConfig } from '../config/RunConfig.js'
import type { Engine } from '../engines/Engine.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { ClassifierSession } from './ClassifierSession.js'
import { chooseLabelled } from './chooseLabelled.js'

export interface FineTuneClassifierOptions {
  readonly architecture: ArchitectureConfig
  /** Of a trained autoencoder, whose encoder is gone on from; null starts from random ones, drawn as for the autoencoder. */
  readonly parameters: NamedTensors | null
  readonly dataset: Dataset
  /** How many labelled training examples, chosen at random and balanced over classes. */
  readonly labels: number
  /** Choose among so many of the training examples, from the first. @default all */
  readonly trainCount?: number | null | undefined
  /** Test on so many of the test examples, from the first. @default all */
  readonly testCount?: number | null | undefined
  /** Chooses examples, their order, the softmax layer's weights, and random parameters. */
  readonly seed: number
  readonly engine: Engine
  /** Passes over the labelled examples. @default 50 */
  readonly epochs?: number | undefined
  /** @default 32 */
  readonly batchSize?: number | undefined
  /** Of Adam. @default 0.001 */
  readonly learningRate?: number | undefined
  /** Ends training between two steps: the function then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export interface FineTunedClassifier {
  /** Share of test examples that are given another class than theirs. */
  readonly testError: number
  /** The same over the labelled training examples. */
  readonly trainError: number
  /** Mean cross-entropy in nats over the last epoch, each batch before its step. */
  readonly trainLoss: number
  readonly seconds: number
}

const CLASSIFY_BATCH = 500
/** How long it may keep the event loop to itself. */
const BREATH_MILLISECONDS = 50

/**
 * Trains a classifier on few labels: an encoder with a softmax layer on its code, all of it by Adam on the cross-entropy of mini-batches,
 * for a fixed number of epochs, so that the test examples decide nothing. Started from a pretrained encoder and from random weights it tells
 * what unsupervised pretraining is worth; everything else is the same for the same seed. Source: Bengio et al. 2007; Erhan et al. 2010.
 *
 * Throws AutoencoderError DIVERGED where the loss stops being finite, DATASET_MISMATCH for more labels than there are examples or classes
 * that are none, PARAMETERS_MISMATCH where the parameters are not the architecture's.
 */
export async function fineTuneClassifier(options: FineTuneClassifierOptions): Promise<FineTunedClassifier> {
  const { architecture, dataset, labels, seed, engine, epochs = 50, batchSize = 32, learningRate = 1e-3, signal } = options
  const { exampleShape, train, test } = dataset
  const { classCount } = datasetCatalog[dataset.id]
  if (classCount < 2)
    throw new AutoencoderError('DATASET_MISMATCH', `dataset ${dataset.id}: expected at least two classes, got ${classCount}`)
  const chosen = chooseLabelled(train, { count: labels, available: options.trainCount ?? train.count, classCount, seed })
  const parameters = options.parameters ?? initializeParameters(architecture, { exampleShape, seed })
  const started = performance.now()
  const session = new ClassifierSession(engine, { architecture, exampleShape, parameters, classCount, learningRate, seed })
  try {
    const examples = new BatchGatherer({ split: train, batchSize })
    let trainLoss = Number.NaN
    let lastBreath = started
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const order = shuffledIndices(chosen.length, { seed, stream: `fineTuning/${epoch}` }).map((place) => chosen[place] as number)
      let lossSum = 0
      for (let start = 0; start < order.length; start += batchSize) {
        const end = Math.min(start + batchSize, order.length)
        const batchLabels = Uint8Array.from(order.subarray(start, end), (index) => train.labels[index] as number)
        lossSum += (await session.train(examples.gather(order, start, end), batchLabels)) * (end - start)
        if (performance.now() - lastBreath > BREATH_MILLISECONDS) {
          await setImmediate()
          lastBreath = performance.now()
        }
        signal?.throwIfAborted()
      }
      trainLoss = lossSum / order.length
      if (!Number.isFinite(trainLoss)) {
        throw new AutoencoderError(
          'DIVERGED',
          `Fine-tuning diverged in epoch ${epoch}: expected a finite loss, got ${trainLoss}. Try a lower learning rate (now ${learningRate}).`,
        )
      }
    }
    const everyTest = Uint32Array.from({ length: options.testCount ?? test.count }, (_, index) => index)
    return {
      testError: await classificationError(session, test, everyTest),
      trainError: await classificationError(session, train, chosen),
      trainLoss,
      seconds: (performance.now() - started) / 1000,
    }
  } finally {
    await session.dispose()
  }
}

async function classificationError(session: ClassifierSession, split: Split, indices: Uint32Array): Promise<number> {
  const examples = new BatchGatherer({ split, batchSize: Math.min(CLASSIFY_BATCH, indices.length) })
  let wrong = 0
  for (let start = 0; start < indices.length; start += CLASSIFY_BATCH) {
    const end = Math.min(start + CLASSIFY_BATCH, indices.length)
    const logits = await session.classify(examples.gather(indices, start, end))
    const classCount = logits.length / (end - start)
    for (let row = 0; row < end - start; row++) {
      const scores = logits.subarray(row * classCount, (row + 1) * classCount)
      if (scores.indexOf(Math.max(...scores)) !== split.labels[indices[start + row] as number]) wrong += 1
    }
  }
  return wrong / indices.length
}
