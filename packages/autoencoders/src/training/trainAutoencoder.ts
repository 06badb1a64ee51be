import { availableParallelism } from 'node:os'
import { countExamples, type Dataset, datasetCatalog, type ExampleCounts } from '@hourglass/datasets'
import { AutoencoderError } from '../AutoencoderError.js'
import { initializeParameters } from '../architectures/initializers.js'
import { countParameters } from '../architectures/layouts.js'
import type { RunConfig } from '../config/RunConfig.js'
import { createEngine } from '../engines/createEngine.js'
import { measureEpoch } from '../measurements/measurementRules.js'
import type { IterationTaken } from '../optimizers/IterationTaken.js'
import { requireTrainingState } from '../optimizers/requireTrainingState.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { type BestEpoch, EarlyStopping } from './EarlyStopping.js'
import { EpochPace } from './EpochPace.js'
import { evaluateEpoch } from './evaluateEpoch.js'
import { Pace } from './Pace.js'
import { pretrainLayers } from './pretrainLayers.js'
import { requireFinite, requireSense, requireSensibleObjective } from './requireSense.js'
import { Throughput } from './Throughput.js'
import type { TrainingEvent } from './TrainingEvent.js'
import { TrainingSession } from './TrainingSession.js'
import { takeSamples } from './takeSamples.js'
import { threadsFor } from './threadsFor.js'

export interface TrainAutoencoderOptions {
  readonly config: RunConfig
  /** The data set that the configuration names; only as many of its examples as the configuration asks for are used. */
  readonly dataset: Dataset
  /** Ends the run early: the iterable ends and the last completed epoch stands. Noticed between two steps. */
  readonly signal?: AbortSignal | undefined
  /** Threads that one step may use; small steps use one. @default the machine’s cores */
  readonly threads?: number | undefined
  /** A completed epoch and its training state. */
  readonly resumeFrom?: { readonly epoch: number; readonly trainingState: NamedTensors } | undefined
  /** Of the epochs that are trained already, also those after the one to go on from: early stopping counts from it. */
  readonly best?: BestEpoch | null | undefined
  /** Parameters to start from in place of initial weights; layers are not pretrained then. */
  readonly startFrom?: NamedTensors | undefined
  /** Gives the principal components of all training examples, to the precision of their file. @default computes them where the optimizer asks for them */
  readonly principalComponents?: (() => Promise<PrincipalComponents>) | undefined
  /** How many test examples every epoch reconstructs. @default 16 */
  readonly sampleCount?: number | undefined
}

/**
 * Trains an autoencoder and reports on the way. On one machine the same configuration gives the same losses to the last bit, also when
 * it was resumed in between. Validation examples are scored after each epoch, test examples only shown; where none are held out, test examples are scored too.
 *
 * Throws AutoencoderError DIVERGED where the loss stops being finite or ends beyond all sense, DATASET_MISMATCH where the data set is not what the configuration
 * says, INVALID_TRAINING_STATE where the state to resume from is another model's, ENGINE_UNAVAILABLE where the engine does not load.
 */
export async function* trainAutoencoder(options: TrainAutoencoderOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  const { config, dataset, signal, threads = availableParallelism(), resumeFrom, best, startFrom, sampleCount = 16 } = options
  const { epochs, seed, patience } = config.training
  const { architecture } = config
  const { exampleShape } = dataset
  const counts = requireExamples(config, dataset)
  const trainCount = counts.train
  const shownSamples = Math.min(sampleCount, counts.test)
  const firstEpoch = (resumeFrom?.epoch ?? 0) + 1
  const pace = new Pace(signal)

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
  const session = new TrainingSession({
    engine,
    config,
    dataset,
    counts,
    parameters,
    pace,
    principalComponents: options.principalComponents,
  })
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
      ...takeSamples(session.shownBatches, dataset.test, shownSamples),
    }

    const epochPace = new EpochPace()
    const stopping = new EarlyStopping({ patience, best })
    const ended = stopping.endsAfter(firstEpoch - 1)
    if (ended) {
      yield { type: 'stoppedEarly', epoch: firstEpoch - 1, bestEpoch: ended.epoch }
      return
    }
    for (let epoch = firstEpoch; epoch <= epochs; epoch++) {
      const started = performance.now()
      const throughput = new Throughput()
      trainer.beginEpoch(epoch)
      const losses = { sum: 0, examples: 0 }
      const iterations: IterationTaken[] = []
      for (let step = 1; step <= stepsPerEpoch; step++) {
        await trainer.prepare(step)
        const taken = await throughput.measure(() => trainer.step(step)).catch(ignoreAbort(signal))
        if (!taken) return
        requireFinite(taken.loss, { config, epoch, step })
        if (trainer.lossIsOfLastStep) losses.sum = losses.examples = 0
        losses.sum += taken.loss * taken.examples
        losses.examples += taken.examples
        if (taken.iteration) iterations.push(taken.iteration)
        epochPace.stepped(step / stepsPerEpoch)
        await pace.breathe()
        if (pace.aborted) return
        if (pace.takeProgress()) {
          const secondsLeft = epochPace.secondsLeft(epochs - epoch + 1, step / stepsPerEpoch)
          const imagesPerSecond = throughput.examplesPerSecond
          yield { type: 'progress', stage: 'training', epoch, step, stepsPerEpoch, epochs, imagesPerSecond, secondsLeft }
        }
      }

      const evaluated = await evaluateEpoch({ session, dataset, sampleCount: shownSamples, pace })
      if (!evaluated) return
      const { evaluation, reconstructions, codes } = evaluated
      requireFinite(evaluation.loss, { config, epoch, step: stepsPerEpoch })
      stopping.completed(epoch, evaluation.loss)
      const stop = epoch < epochs ? stopping.endsAfter(epoch) : null
      if (epoch === epochs || stop) {
        // With patience it is the best epoch's model that stands, whose error is at most its loss.
        const { best: kept } = stopping
        const error = Math.min(evaluation.reconstructionError, patience !== null && kept ? kept.validationLoss : Number.POSITIVE_INFINITY)
        requireSense({ config, epoch, error, ...session.scored })
        const objective = Math.min(evaluation.loss, patience !== null && kept ? kept.validationLoss : Number.POSITIVE_INFINITY)
        const untrained = async () => {
          await using first = new TrainingSession({ engine, config, dataset, counts, parameters, pace })
          const found = await evaluateEpoch({ session: first, dataset, sampleCount: shownSamples, pace })
          return found?.evaluation.loss ?? Number.POSITIVE_INFINITY
        }
        await requireSensibleObjective({ config, epoch, error, objective, untrained, ...session.scored })
      }
      yield {
        type: 'epochCompleted',
        metrics: measureEpoch(epoch, {
          config,
          exampleShape,
          evaluation,
          trainLoss: losses.sum / losses.examples,
          iterations,
          seconds: (performance.now() - started) / 1000,
          imagesPerSecond: throughput.examplesPerSecond,
        }),
        reconstructions,
        codes,
        ...session.snapshot(),
      }
      if (stop) {
        yield { type: 'stoppedEarly', epoch, bestEpoch: stop.epoch }
        return
      }
      // Whoever takes the epoch has stored what it left by now.
      epochPace.finished()
    }
  } finally {
    await session.dispose()
  }
}

/** Counts the examples to use of a dataset: as many as the configuration says, and where it says nothing, those that there are. */
function requireExamples({ data }: RunConfig, dataset: Dataset): ExampleCounts {
  const available = { train: dataset.train.count, validation: dataset.validation?.count ?? 0, test: dataset.test.count }
  const usual = countExamples(datasetCatalog[data.dataset], data)
  const wanted = {
    train: data.trainCount ?? available.train,
    validation: data.validationCount ?? Math.min(available.validation, usual.validation),
    test: data.testCount ?? available.test,
  }
  for (const split of ['train', 'validation', 'test'] as const) {
    if (dataset.id === data.dataset && wanted[split] <= available[split] && (split === 'validation' || wanted[split] > 0)) continue
    throw new AutoencoderError(
      'DATASET_MISMATCH',
      `dataset: expected ${data.dataset} with at least ${wanted[split] || 1} ${split} examples, got ${dataset.id} with ${available[split]}`,
    )
  }
  return wanted
}

function ignoreAbort(signal: AbortSignal | undefined): (error: unknown) => undefined {
  return (error) => {
    if (!signal?.aborted) throw error
  }
}
