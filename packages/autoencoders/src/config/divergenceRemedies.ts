import { isNone, NONE } from './isNone.js'
import { isMiniBatch, optimizerRowOf } from './optimizerRowOf.js'
import type { RunConfig } from './RunConfig.js'
import { runConfigSchema } from './runConfigSchema.js'

/** Something that keeps a run like one that diverged from diverging again. */
export interface DivergenceRemedy {
  /** Names it in links. */
  readonly id: string
  /** What changes, for example `Learning rate 0.01 instead of 0.1`. */
  readonly title: string
  /** Why that helps, a whole sentence. */
  readonly reason: string
  readonly config: RunConfig
}

export interface DivergedRun {
  readonly config: RunConfig
  /** The last epoch that was completed, from whose model the new run starts; 0 where there is none, and it starts anew. */
  readonly epoch: number
}

type Suggestion = Omit<DivergenceRemedy, 'id'>
type Suggest = (run: DivergedRun) => Suggestion | undefined

/** From here on momentum multiplies steps at least twofold. */
const MUCH_MOMENTUM = 0.5
/** Gradients of fewer examples are so noisy that a single batch can throw a model off. */
const SMALL_BATCH = 32

/** What can help, the most likely first; a row that does not apply to a configuration gives nothing. */
const remedies: Readonly<Record<string, Suggest>> = {
  learningRate: ({ config }) => {
    const { optimizer } = config
    if (!isMiniBatch(optimizer)) return undefined
    const learningRate = roundTo3(optimizer.learningRate / 10)
    return {
      title: `Learning rate ${learningRate} instead of ${optimizer.learningRate}`,
      reason: 'Steps that are too large are the usual reason: a tenth of them keeps the loss falling where it leapt.',
      config: { ...config, optimizer: { ...optimizer, learningRate } },
    }
  },

  momentum: ({ config }) => {
    const { optimizer } = config
    if (!('momentum' in optimizer) || optimizer.momentum < MUCH_MOMENTUM) return undefined
    return {
      title: `No momentum instead of ${optimizer.momentum}`,
      reason: `A momentum of ${optimizer.momentum} lets steps that agree grow to ${Math.round(1 / (1 - optimizer.momentum))} times their size.`,
      config: { ...config, optimizer: { ...optimizer, momentum: 0 } },
    }
  },

  adam: ({ config }) => {
    const { whyAdam } = optimizerRowOf(config.optimizer)
    if (whyAdam === null) return undefined
    return {
      title: 'Adam with a learning rate of 0.001',
      reason: whyAdam,
      config: { ...config, optimizer: runConfigSchema.parse({}).optimizer },
    }
  },

  penalty: ({ config }) => {
    const { regularizer } = config
    if (isNone(regularizer)) return undefined
    const weight = roundTo3(regularizer.weight / 10)
    return {
      title: `Weight of the penalty ${weight} instead of ${regularizer.weight}`,
      reason: 'Its gradient adds to that of the error: a tenth of it makes steps smaller and lets the error lead.',
      config: { ...config, regularizer: { ...regularizer, weight } },
    }
  },

  batchSize: ({ config }) => {
    const { training } = config
    if (!isMiniBatch(config.optimizer) || training.batchSize >= SMALL_BATCH) return undefined
    const batchSize = training.batchSize * 8
    return {
      title: `${batchSize} examples an update instead of ${training.batchSize}`,
      reason: 'The mean over more examples is steadier than the gradient of a few.',
      config: { ...config, training: { ...training, batchSize } },
    }
  },

  initialWeights: ({ config, epoch }) => {
    const { architecture } = config
    if (epoch > 0 || architecture.initializer.kind === 'glorotUniform') return undefined
    return {
      title: 'Glorot’s initial weights',
      reason: 'Their spread follows from the width of each layer, so that values neither grow nor vanish on their way through.',
      config: { ...config, architecture: { ...architecture, initializer: { kind: 'glorotUniform' } } },
    }
  },
}

/**
 * Works out what can keep a run like one that diverged from diverging again, each as a whole configuration: of the epochs that are left, without pretraining,
 * where it starts from a trained model.
 */
export function divergenceRemedies({ config, epoch }: DivergedRun): readonly DivergenceRemedy[] {
  const { training } = config
  const rest = { ...training, epochs: Math.max(1, training.epochs - epoch), pretraining: { kind: NONE } } as const
  const start = epoch > 0 ? { ...config, training: rest } : config
  return Object.entries(remedies).flatMap(([id, suggest]) => {
    const suggestion = suggest({ config: start, epoch })
    return suggestion ? [{ id, ...suggestion }] : []
  })
}

function roundTo3(value: number): number {
  return Number(value.toPrecision(3))
}
