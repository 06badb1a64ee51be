import { availableParallelism } from 'node:os'
import type { Dataset } from '@hourglass/datasets'
import { AutoencoderError } from '../AutoencoderError.js'
import { initializeParameters } from '../architectures/initializers.js'
import { countParameters, latentDimensionOf } from '../architectures/layouts.js'
import type { RunConfig } from '../config/RunConfig.js'
import { createEngine } from '../engines/createEngine.js'
import { measureEpoch } from '../measurements/measurementRules.js'
import { requireTrainingState } from '../optimizers/requireTrainingState.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { EpochPace } from './EpochPace.js'
import { encodeTraining, trainingCodeCount } from './encodeTraining.js'
import { evaluate } from './evaluate.js'
import { Pace } from './Pace.js'
import { pretrainLayers } from './pretrainLayers.js'
import { requireFinite, requireSense } from './requireSense.js'
import { Throughput } from './Throughput.js'
import type { TrainingEvent } from './TrainingEvent.js'
import { TrainingSession } from './TrainingSession.js'
import { takeSamples } from './takeSamples.js'
import { threadsFor } from './threadsFor.js'

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
  /** Parameters to start from in place of initial weights; layers are not pretrained then. */
  readonly startFrom?: NamedTensors | undefined
  /** How many test examples every epoch reconstructs. @default 16 */
  readonly sampleCount?: number | undefined
}

/**
 * Trains an autoencoder and reports on the way. On one machine the same configuration gives the same losses to the last bit, also when
 * it was resumed in between.
 *
 * Throws AutoencoderError DIVERGED where the loss stops being finite or ends beyond all sense, DATASET_MISMATCH where the dataset is not what the configuration
 * says, INVALID_TRAINING_STATE where the state to resume from is another model's, ENGINE_UNAVAILABLE where the engine does not load.
 */
export async function* trainAutoencoder(options: TrainAutoencoderOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  const { config, dataset, signal, threads = availableParallelism(), resumeFrom, startFrom, sampleCount = 16 } = options
  const { epochs, seed } = config.training
  const { architecture } = config
  const { exampleShape } = dataset
  const trainCount = requireExamples(config, dataset, 'train')
  const testCount = requireExamples(config, dataset, 'test')
  const firstEpoch = (resumeFrom?.epoch ?? 0) + 1
  const pace = new Pace(signal)
  const coded = trainingCodeCount(trainCount, latentDimensionOf(architecture, exampleShape))

  const engine = await createEngine(config.training.engine, { threads: threadsFor(config, exampleShape, threads) })
  let parameters = initializeParameters(architecture, { exampleShape, seed })
  if (startFrom) {
    requireTrainingState(startFrom, parameters)
    parameters = startFrom
  }
  if (config.training.pretraining.kind === 'stacked' && !resumeFrom && !startFrom) {
    for await (const event of pretrainLayers({ engine, config, dataset, trainCount, parameters, pace })) {
      if (event.type === 'progress') yield event
      else parameters = event.parameters
    }
    if (pace.aborted) return
  }
  const session = new TrainingSession({ engine, config, dataset, trainCount, testCount, parameters, pace })
  const { trainer } = session
  const { stepsPerEpoch } = trainer
  try {
    if (resumeFrom) trainer.restore(resumeFrom.trainingState)
    yield {
      type: 'started',
      engine: engine.name,
      runtime: engine.runtime ?? null,
      parameterCount: countParameters(architecture, exampleShape),
      stepsPerEpoch,
      epochs,
      firstEpoch,
      ...takeSamples(session.testBatches, dataset.test, Math.min(sampleCount, testCount)),
    }

    const epochPace = new EpochPace()
    for (let epoch = firstEpoch; epoch <= epochs; epoch++) {
      const started = performance.now()
      const throughput = new Throughput()
      trainer.beginEpoch(epoch)
      const losses = { sum: 0, examples: 0 }
      for (let step = 1; step <= stepsPerEpoch; step++) {
        await trainer.prepare(step)
        const taken = await throughput.measure(() => trainer.step(step)).catch(ignoreAbort(signal))
        if (!taken) return
        requireFinite(taken.loss, { config, epoch, step })
        if (trainer.lossIsOfLastStep) losses.sum = losses.examples = 0
        losses.sum += taken.loss * taken.examples
        losses.examples += taken.examples
        epochPace.stepped(step / stepsPerEpoch)
        await pace.breathe()
        if (pace.aborted) return
        if (pace.takeProgress()) {
          const secondsLeft = epochPace.secondsLeft(epochs - epoch + 1, step / stepsPerEpoch)
          const imagesPerSecond = throughput.examplesPerSecond
          yield { type: 'progress', stage: 'training', epoch, step, stepsPerEpoch, epochs, imagesPerSecond, secondsLeft }
        }
      }

      const evaluation = await evaluate({
        evaluation: session.evaluation,
        batches: session.testBatches,
        split: dataset.test,
        count: testCount,
        sampleCount,
        latentDimension: session.latentDimension,
        pace,
      })
      if (!evaluation) return
      const training = await encodeTraining({
        evaluation: session.evaluation,
        batches: session.trainBatches,
        count: coded,
        latentDimension: session.latentDimension,
        pace,
      })
      if (training === undefined) return
      requireFinite(evaluation.loss, { config, epoch, step: stepsPerEpoch })
      if (epoch === epochs) {
        requireSense({ config, epoch, error: evaluation.reconstructionError, split: dataset.test, count: testCount })
      }
      yield {
        type: 'epochCompleted',
        metrics: measureEpoch(epoch, {
          config,
          exampleShape,
          evaluation,
          test: dataset.test,
          testCount,
          trainLoss: losses.sum / losses.examples,
          seconds: (performance.now() - started) / 1000,
          imagesPerSecond: throughput.examplesPerSecond,
        }),
        reconstructions: evaluation.reconstructions,
        codes: { ...evaluation.codes, training: training && { values: training, labels: dataset.train.labels.slice(0, coded) } },
        ...session.snapshot(),
      }
      // Whoever takes the epoch has stored what it left by now.
      epochPace.finished()
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

function ignoreAbort(signal: AbortSignal | undefined): (error: unknown) => undefined {
  return (error) => {
    if (!signal?.aborted) throw error
  }
}
