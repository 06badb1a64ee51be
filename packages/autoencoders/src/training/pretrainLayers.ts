import type { Dataset } from '@hourglass/datasets'
import type { Tensor2D } from '@tensorflow/tfjs-core'
import { networkOf } from '../architectures/createNetwork.js'
import type { Layout } from '../architectures/Layer.js'
import { layOut } from '../architectures/layouts.js'
import { NONE } from '../config/isNone.js'
import { isMiniBatch } from '../config/optimizerRowOf.js'
import type { MiniBatchOptimizerConfig, RunConfig } from '../config/RunConfig.js'
import type { Engine } from '../engines/Engine.js'
import { lossFunctions } from '../losses/losses.js'
import { createOptimizer } from '../optimizers/createOptimizer.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { disposeVariables, toVariables } from '../tensors/variables.js'
import { BatchSource } from './BatchSource.js'
import { MiniBatchTrainer } from './MiniBatchTrainer.js'
import type { Pace } from './Pace.js'
import { Throughput } from './Throughput.js'
import type { TrainingProgress } from './TrainingEvent.js'
import { defineTrainingStep } from './trainingStep.js'

export interface PretrainLayersOptions {
  readonly engine: Engine
  readonly config: RunConfig
  readonly dataset: Dataset
  readonly trainCount: number
  /** Where every layer starts. */
  readonly parameters: NamedTensors
  readonly pace: Pace
}

interface LayerPretrained {
  readonly type: 'layerPretrained'
  /** Counts from 1. */
  readonly layer: number
  /** Mean reconstruction error of the layer's inputs in its last epoch. */
  readonly trainLoss: number
  /** All parameters of the model, those of this layer and the ones before it trained. */
  readonly parameters: NamedTensors
}

/**
 * Trains a stack of autoencoders, greedily from the input to the code: layer l of the encoder with its mirror image in the decoder learns to
 * reconstruct what the layers before it make of the examples, by the run's loss for the first layer and the squared error for the others. Where
 * the run corrupts its inputs, each layer sees what the layers before it make of the corrupted examples. Ends early when aborted.
 * Source: Bengio, Lamblin, Popovici & Larochelle 2007, Greedy layer-wise training of deep networks.
 */
export async function* pretrainLayers(options: PretrainLayersOptions): AsyncGenerator<TrainingProgress | LayerPretrained, void, undefined> {
  const { config, dataset, pace } = options
  const { training, optimizer } = config
  const { pretraining } = training
  if (pretraining.kind !== 'stacked' || !isMiniBatch(optimizer)) return
  const layout = layOut(config.architecture, dataset.exampleShape)
  const layers = layout.encoder.length
  let { parameters } = options
  const began = performance.now()
  for (let index = 0; index < layers; index++) {
    const stage = openStage({ ...options, parameters }, { layout, index, optimizer })
    try {
      const { trainer } = stage
      const { stepsPerEpoch } = trainer
      const throughput = new Throughput()
      const total = layers * pretraining.epochs * stepsPerEpoch
      let trainLoss = Number.NaN
      for (let epoch = 1; epoch <= pretraining.epochs; epoch++) {
        trainer.beginEpoch(epoch)
        let lossSum = 0
        let examples = 0
        for (let step = 1; step <= stepsPerEpoch; step++) {
          await trainer.prepare(step)
          const taken = await throughput.measure(() => trainer.step(step))
          lossSum += taken.loss * taken.examples
          examples += taken.examples
          await pace.breathe()
          if (pace.aborted) return
          if (!pace.takeProgress()) continue
          const done = (index * pretraining.epochs + epoch - 1) * stepsPerEpoch + step
          yield {
            type: 'progress',
            stage: 'pretraining',
            epoch: 0,
            step: done,
            stepsPerEpoch: total,
            epochs: training.epochs,
            imagesPerSecond: throughput.examplesPerSecond,
            secondsLeft: ((total - done + training.epochs * stepsPerEpoch) / done) * ((performance.now() - began) / 1000),
          }
        }
        trainLoss = lossSum / examples
      }
      parameters = { ...parameters, ...stage.read() }
      yield { type: 'layerPretrained', layer: index + 1, trainLoss, parameters }
    } finally {
      await stage.dispose()
    }
  }
}

interface StageLayer {
  readonly layout: Layout
  readonly index: number
  readonly optimizer: MiniBatchOptimizerConfig
}

/** Sets up the training of one layer and its mirror image on top of the layers before it. */
function openStage({ engine, config, dataset, trainCount, parameters }: PretrainLayersOptions, { layout, index, optimizer }: StageLayer) {
  const encoder = layout.encoder.slice(index, index + 1)
  const decoder = layout.decoder.slice(layout.decoder.length - 1 - index, layout.decoder.length - index)
  const below = networkOf({ encoder: layout.encoder.slice(0, index), logVariance: null, decoder: [] })
  const variables = toVariables(parameters)
  const names = [...encoder, ...decoder].flatMap(({ kernel, bias }) => [kernel, bias])
  const trained = Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)))
  // The schedule is one of the training that follows.
  const rule = createOptimizer({ ...optimizer, schedule: { kind: 'constant' }, warmupEpochs: 0 }, trained)
  const step = defineTrainingStep({
    objective: {
      network: networkOf({ encoder, logVariance: null, decoder }),
      loss: lossFunctions[index === 0 ? config.loss : 'meanSquaredError'],
      regularizer: { kind: NONE },
      encoder: { kind: 'deterministic' },
    },
    parameters: trained,
    optimizer: rule,
  })
  const all = { ...variables, ...rule.variables }
  const state = engine.createState(all)
  const { batchSize, seed } = config.training
  const trainer = new MiniBatchTrainer({
    state,
    variables: all,
    trainingStep: ({ examples, corrupted }) => {
      const targets = below.encode(variables, examples as Tensor2D)
      return step({ examples: targets, ...(corrupted ? { corrupted: below.encode(variables, corrupted as Tensor2D) } : {}) })
    },
    source: new BatchSource({
      encoder: { kind: 'deterministic' },
      corruption: config.corruption,
      latentDimension: 0,
      split: dataset.train,
      count: trainCount,
      batchSize,
    }),
    trainCount,
    batchSize,
    seed,
    streamPrefix: `pretraining/${index}/`,
  })
  return {
    trainer,
    /** Copies the parameters that were trained. */
    read: (): NamedTensors => Object.fromEntries(Object.entries(state.snapshot()).filter(([name]) => names.includes(name))),
    dispose: async () => {
      await trainer.dispose()
      disposeVariables(all)
    },
  }
}
