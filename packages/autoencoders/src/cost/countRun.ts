import type { Dataset, Split } from '@hourglass/datasets'
import { countParameters, describeParameters, latentDimensionOf } from '../architectures/layouts.js'
import { isMiniBatch } from '../config/isMiniBatch.js'
import type { OptimizerConfig, RunConfig } from '../config/RunConfig.js'
import type { Engine } from '../engines/Engine.js'
import { type NamedTensors, sizeOfShape } from '../tensors/NamedTensors.js'
import { trainingCodeCount } from '../training/encodeTraining.js'
import { EVALUATION_BATCH } from '../training/evaluate.js'
import { FULL_BATCH_CHUNK } from '../training/FullBatchTrainer.js'
import { Pace } from '../training/Pace.js'
import { pretrainLayers } from '../training/pretrainLayers.js'
import { TrainingSession } from '../training/TrainingSession.js'
import { countAnalysis } from './countAnalysis.js'
import { type CountedFunction, createCountingEngine } from './countingEngine.js'
import { addWork, noWork, scaleWork, type Work, workOf } from './Work.js'

/** How many examples there are, and of what shape; a dataset's entry in the catalog has these fields. */
export interface DatasetSizes {
  readonly exampleShape: readonly number[]
  readonly trainCount: number
  readonly testCount: number
}

/** The work of a whole run, by stage. */
export interface RunWork {
  /** Of pretraining layer by layer; nothing where there is none. */
  readonly pretraining: Work
  readonly training: Work
  /** Of the evaluations after the epochs. */
  readonly evaluation: Work
  /** Of measuring the run after its last epoch. */
  readonly analysis: Work
  /** Operators of all functions that are compiled on the way. */
  readonly compiledOperators: number
}

/** Evaluations that an iteration of L-BFGS takes on average: most accept the first step that their line search tries. */
const EVALUATIONS_PER_ITERATION = 1.1
/** How often each iteration goes through all parameters in JavaScript, besides once for each remembered step. */
const PASSES_PER_ITERATION = 10
/** How often the eigenvectors of a matrix of n × n values take n³ steps in JavaScript; measured with n = 784. */
const PASSES_PER_DECOMPOSITION = 1.05

/**
 * Counts the work of a run without running anything: traces the very functions that training would compile, for one batch of each kind, and
 * multiplies by how often they run.
 */
export async function countRun(config: RunConfig, sizes: DatasetSizes): Promise<RunWork> {
  const { data, optimizer, training, architecture } = config
  const trainCount = data.trainCount ?? sizes.trainCount
  const testCount = data.testCount ?? sizes.testCount
  const stepBatch = Math.min(isMiniBatch(optimizer) ? training.batchSize : FULL_BATCH_CHUNK, trainCount)
  const testBatch = Math.min(EVALUATION_BATCH, testCount)
  const traced = await traceRun(config, standIn(config, sizes, { train: stepBatch, test: testBatch }))

  const passes = trainCount / stepBatch
  const parameterCount = countParameters(architecture, sizes.exampleShape)
  const epoch = workOfEpoch(optimizer, {
    pass: scaleWork(traced.step, passes),
    passes,
    parameterCount,
    size: sizeOfShape(sizes.exampleShape),
  })
  const { pretraining } = training
  const latentDimension = latentDimensionOf(architecture, sizes.exampleShape)
  const evaluated = addWork(
    scaleWork(traced.evaluation, (testCount + trainingCodeCount(trainCount, latentDimension)) / testBatch),
    scripted(testCount * latentDimension),
  )
  return {
    pretraining: scaleWork(traced.pretrainingStep, pretraining.kind === 'stacked' ? pretraining.epochs * passes : 0),
    training: scaleWork(epoch, training.epochs),
    evaluation: scaleWork(evaluated, training.epochs),
    analysis: countAnalysis(config, {
      exampleShape: sizes.exampleShape,
      trainCount,
      testCount,
      evaluation: scaleWork(traced.evaluation, 1 / testBatch),
      step: scaleWork(traced.step, 1 / stepBatch),
    }),
    compiledOperators: traced.operators,
  }
}

interface EpochParts {
  /** Steps or gradients over all training examples. */
  readonly pass: Work
  /** How many batches that is. */
  readonly passes: number
  readonly parameterCount: number
  /** Values of one example. */
  readonly size: number
}

function workOfEpoch(optimizer: OptimizerConfig, { pass, passes, parameterCount, size }: EpochParts): Work {
  if (optimizer.kind === 'closedForm') return addWork(pass, scripted(PASSES_PER_DECOMPOSITION * size ** 3))
  if (optimizer.kind !== 'lbfgs') return pass
  const { iterationsPerEpoch, historySize } = optimizer
  return addWork(
    scaleWork(addWork(pass, scripted(parameterCount * passes)), iterationsPerEpoch * EVALUATIONS_PER_ITERATION),
    scripted(iterationsPerEpoch * (PASSES_PER_ITERATION + historySize) * parameterCount),
  )
}

const scripted = (values: number): Work => ({ ...noWork, scriptedValue: values })

interface TracedRun {
  /** One step of every layer. */
  readonly pretrainingStep: Work
  readonly step: Work
  /** Of one batch. */
  readonly evaluation: Work
  readonly operators: number
}

async function traceRun(config: RunConfig, dataset: Dataset): Promise<TracedRun> {
  const counted: CountedFunction[] = []
  const engine = createCountingEngine((each) => counted.push(each))
  const [trainCount, testCount] = [dataset.train.count, dataset.test.count]
  const parameters: NamedTensors = Object.fromEntries(
    describeParameters(config.architecture, dataset.exampleShape).map(({ name, shape }) => [
      name,
      { shape, values: new Float32Array(sizeOfShape(shape)) },
    ]),
  )
  await tracePretraining(engine, { config, dataset, parameters })
  const pretraining = counted.splice(0)
  const session = new TrainingSession({ engine, config, dataset, trainCount, testCount, parameters, pace: new Pace(undefined) })
  try {
    await session.trainer.prepare(1)
    const step = counted.splice(0)
    await session.evaluation.prepare(testCount)
    const evaluation = counted.splice(0)
    return {
      pretrainingStep: addWork(...pretraining.map(workOfFunction)),
      step: addWork(...step.map(workOfFunction)),
      evaluation: addWork(...evaluation.map(workOfFunction)),
      operators: [...pretraining, ...step, ...evaluation].reduce((sum, { cost }) => sum + cost.operators, 0),
    }
  } finally {
    await session.dispose()
  }
}

/** Goes through one step of each layer's pretraining, where the configuration has such. */
async function tracePretraining(
  engine: Engine,
  { config, dataset, parameters }: { config: RunConfig; dataset: Dataset; parameters: NamedTensors },
): Promise<void> {
  const { training } = config
  if (training.pretraining.kind !== 'stacked') return
  const once: RunConfig = { ...config, training: { ...training, pretraining: { kind: 'stacked', epochs: 1 } } }
  const stages = pretrainLayers({ engine, config: once, dataset, trainCount: dataset.train.count, parameters, pace: new Pace(undefined) })
  while (!(await stages.next()).done);
}

/** The work of one run of a function, and of making its inputs. */
export function workOfFunction({ cost, inputSizes: { examples: _, ...drawn } }: CountedFunction): Work {
  return { ...workOf(cost), drawnValue: Object.values(drawn).reduce((sum, size) => sum + size, 0) }
}

/** Makes a dataset of blank examples: costs depend on shapes alone. */
function standIn(config: RunConfig, { exampleShape }: DatasetSizes, counts: { readonly train: number; readonly test: number }): Dataset {
  const blank = (count: number): Split => ({
    count,
    values: new Uint8Array(count * sizeOfShape(exampleShape)),
    labels: new Uint8Array(count),
  })
  return { id: config.data.dataset, exampleShape, train: blank(counts.train), test: blank(counts.test) }
}
