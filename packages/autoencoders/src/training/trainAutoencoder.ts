import { availableParallelism } from 'node:os'
import { BatchGatherer, type Dataset, shuffledIndices } from '@hourglass/datasets'
import { AutoencoderError } from '../AutoencoderError.js'
import { countParameters } from '../architectures/parameterLayouts.js'
import type { RunConfig } from '../config/RunConfig.js'
import { createEngine } from '../engines/createEngine.js'
import { usefulThreads } from '../engines/usefulThreads.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { EVALUATION_BATCH, evaluate } from './evaluate.js'
import { Pace } from './Pace.js'
import { Throughput } from './Throughput.js'
import type { TrainingEvent } from './TrainingEvent.js'
import { TrainingSession } from './TrainingSession.js'
import { takeSamples } from './takeSamples.js'

export interface TrainAutoencoderOptions {
  readonly config: RunConfig
  /** The dataset that the configuration names; only as many of its examples as the configuration asks for are used. */
  readonly dataset: Dataset
  /** Ends the run early: the iterable ends and the last completed epoch stands. Noticed between two steps. */
  readonly signal?: AbortSignal | undefined
  /** Threads that one step may use; small steps use one. @default the machine’s cores */
  readonly threads?: number | undefined
  /** A completed epoch and its training state. */
  readonly resumeFrom?: { readonly epoch: number; readonly trainingState: NamedTensors } | undefined
  /** How many test examples every epoch reconstructs. @default 16 */
  readonly sampleCount?: number | undefined
}

/**
 * Trains an autoencoder and reports on the way. On one machine the same configuration gives the same losses to the last bit, also when
 * it was resumed in between.
 *
 * Throws AutoencoderError DIVERGED where the loss stops being finite, DATASET_MISMATCH where the dataset is not what the configuration
 * says, INVALID_TRAINING_STATE where the state to resume from is another model's, ENGINE_UNAVAILABLE where the engine does not load.
 */
export async function* trainAutoencoder(options: TrainAutoencoderOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  const { config, dataset, signal, threads = availableParallelism(), resumeFrom, sampleCount = 16 } = options
  const { epochs, batchSize, seed } = config.training
  const { architecture } = config
  const trainCount = requireExamples(config, dataset, 'train')
  const testCount = requireExamples(config, dataset, 'test')
  const stepsPerEpoch = Math.ceil(trainCount / batchSize)
  const firstEpoch = (resumeFrom?.epoch ?? 0) + 1
  const pace = new Pace(signal)

  const parameterCount = countParameters(architecture, dataset.exampleShape)
  const engine = await createEngine(config.training.engine, { threads: usefulThreads(threads, { batchSize, parameterCount }) })
  const session = new TrainingSession(engine, config, dataset)
  try {
    if (resumeFrom) session.restore(resumeFrom.trainingState)
    yield {
      type: 'started',
      engine: engine.name,
      runtime: engine.runtime ?? null,
      parameterCount,
      stepsPerEpoch,
      epochs,
      firstEpoch,
      ...takeSamples(dataset.test, Math.min(sampleCount, testCount)),
    }

    const train = new BatchGatherer({ split: dataset.train, count: trainCount, batchSize: Math.min(batchSize, trainCount) })
    const test = new BatchGatherer({ split: dataset.test, count: testCount, batchSize: Math.min(EVALUATION_BATCH, testCount) })
    let evaluationSeconds = 0
    for (let epoch = firstEpoch; epoch <= epochs; epoch++) {
      const started = performance.now()
      const order = shuffledIndices(trainCount, { seed, stream: `epoch/${epoch}` })
      const throughput = new Throughput()
      let lossSum = 0
      for (let step = 1; step <= stepsPerEpoch; step++) {
        const start = (step - 1) * batchSize
        const end = Math.min(start + batchSize, trainCount)
        await session.trainingStep.prepare(end - start)
        const { loss } = await throughput.measure(end - start, () => session.trainingStep.run(train, order, start, end))
        lossSum += requireFinite(loss?.[0], { config, epoch, step }) * (end - start)
        await pace.breathe()
        if (pace.aborted) return
        if (pace.takeProgress()) {
          const stepsLeft = stepsPerEpoch - step + (epochs - epoch) * stepsPerEpoch
          const secondsLeft = stepsLeft * throughput.secondsPerStep + (epochs - epoch + 1) * evaluationSeconds
          yield { type: 'progress', epoch, step, stepsPerEpoch, epochs, imagesPerSecond: throughput.examplesPerSecond, secondsLeft }
        }
      }

      const trained = performance.now()
      const evaluation = await evaluate({
        evaluation: session.evaluation,
        split: dataset.test,
        batches: test,
        count: testCount,
        sampleCount,
        latentDimension: architecture.latentDimension,
        pace,
      })
      if (!evaluation) return
      requireFinite(evaluation.loss, { config, epoch, step: stepsPerEpoch })
      const finished = performance.now()
      evaluationSeconds = (finished - trained) / 1000
      yield {
        type: 'epochCompleted',
        metrics: {
          epoch,
          trainLoss: lossSum / trainCount,
          validationLoss: evaluation.loss,
          validationMeanSquaredError: evaluation.meanSquaredError,
          seconds: (finished - started) / 1000,
          imagesPerSecond: throughput.examplesPerSecond,
        },
        reconstructions: evaluation.reconstructions,
        codes: evaluation.codes,
        ...session.snapshot(),
      }
    }
  } finally {
    await session.dispose()
  }
}

function requireExamples({ data }: RunConfig, dataset: Dataset, split: 'train' | 'test'): number {
  const available = dataset[split].count
  const wanted = (split === 'train' ? data.trainCount : data.testCount) ?? available
  if (dataset.id === data.dataset && wanted <= available && wanted > 0) return wanted
  throw new AutoencoderError(
    'DATASET_MISMATCH',
    `dataset: expected ${data.dataset} with at least ${wanted || 1} ${split} examples, got ${dataset.id} with ${available}`,
  )
}

function requireFinite(loss: number | undefined, at: { config: RunConfig; epoch: number; step: number }): number {
  if (loss !== undefined && Number.isFinite(loss)) return loss
  const { learningRate, kind } = at.config.optimizer
  throw new AutoencoderError(
    'DIVERGED',
    `Training diverged in epoch ${at.epoch}, step ${at.step}: expected a finite loss, got ${loss}. ` +
      `Try a lower learning rate (now ${learningRate} with ${kind}) or smaller initial weights.`,
  )
}
