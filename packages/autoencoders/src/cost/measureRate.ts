import { type Dataset, makeNoiseImages } from '@hourglass/datasets'
import { initializeParameters } from '../architectures/initializers.js'
import { completeRunConfig } from '../config/validateRunConfig.js'
import { createOnnxEngine } from '../engines/onnxEngine.js'
import { Pace } from '../training/Pace.js'
import { TrainingSession } from '../training/TrainingSession.js'
import { threadsFor } from '../training/threadsFor.js'
import { countWork } from './countWork.js'
import type { MachineRate } from './RunTimes.js'

export interface MeasureRateOptions {
  readonly host: string
  /** Threads that a run may use. */
  readonly threads: number
}

const TRAIN_COUNT = 10_000
/** So many steps, or fewer on a machine where they take longer than this. */
const STEPS = 1000
const MOST_MILLISECONDS = 2_000

/** A step of products, an optimizer's state and operators in usual proportion. */
const reference = completeRunConfig({
  data: { dataset: 'noise', trainCount: TRAIN_COUNT, validationCount: 0 },
  architecture: { kind: 'dense', latentDimension: 32, hiddenWidths: [128] },
  training: { batchSize: 128 },
})

/**
 * Measures how fast this machine trains on the engine `onnx`: starts as a run does, compiles a step of one small autoencoder and takes many, a second or two
 * in all since the process began. Like training it blocks the event loop while it computes and changes TensorFlow.js's backend: for a new process that does
 * nothing else.
 *
 * Throws AutoencoderError ENGINE_UNAVAILABLE where ONNX Runtime does not load.
 */
export async function measureRate({ host, threads }: MeasureRateOptions): Promise<MachineRate> {
  const dataset: Dataset = {
    id: 'noise',
    exampleShape: [28, 28],
    train: makeNoiseImages({ count: TRAIN_COUNT, seed: 0 }),
    validation: null,
    test: makeNoiseImages({ count: 1, seed: 0, stream: 'test' }),
  }
  const { exampleShape } = dataset
  const engine = await createOnnxEngine({ threads: threadsFor(reference, exampleShape, threads) })
  const parameters = initializeParameters(reference.architecture, { exampleShape, seed: 0 })
  const counts = { train: TRAIN_COUNT, validation: 0, test: 1 }
  const session = new TrainingSession({ engine, config: reference, dataset, counts, parameters, pace: new Pace(undefined) })
  try {
    const { trainer } = session
    trainer.beginEpoch(1)
    await trainer.prepare(1)
    const started = performance.now()
    let steps = 0
    while (steps < STEPS && performance.now() - started < MOST_MILLISECONDS) {
      // The last step of an epoch may have a smaller batch.
      await trainer.step(1 + (steps % (trainer.stepsPerEpoch - 1)))
      steps += 1
    }
    const work = countWork(reference, { exampleShape, trainCount: counts.train, testCount: counts.test })
    const counted = work.starting + (work.firstEpoch - work.epoch) + (work.steps * steps) / trainer.stepsPerEpoch
    // Milliseconds since the process began.
    return { host, pace: performance.now() / 1000 / counted }
  } finally {
    await session.dispose()
  }
}
