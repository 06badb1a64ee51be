import { availableParallelism, cpus } from 'node:os'
import { type Dataset, makeNoiseImages } from '@hourglass/datasets'
import { costOfGraph, findOnnxRuntime, type Graph } from '@hourglass/tfjs-onnx'
import { createOnnxEngine } from '../engines/onnxEngine.js'
import { initializeParameters } from '../layers/initializers.js'
import { EVALUATION_BATCH, evaluate } from '../training/evaluate.js'
import { Pace } from '../training/Pace.js'
import { TrainingSession } from '../training/TrainingSession.js'
import { threadsFor } from '../training/threadsFor.js'
import { workOfFunction } from './countRun.js'
import type { Sample } from './fitSpeed.js'
import type { MachineMeasurement } from './MachineMeasurement.js'
import { type Reference, references } from './references.js'

export interface MeasureMachineOptions {
  /** Threads that runs may use. @default the machine’s cores */
  readonly threads?: number | undefined
}

/** Images to draw batches from: more than caches hold, as in training. */
const TRAIN_COUNT = 10_000
/** Each time is the median of the means of short spells, so that a hiccup of the machine counts little. */
const SPELL_MILLISECONDS = 4
/** Spells go on for so long, but there are at least so many. */
const MEASURED_MILLISECONDS = 100
const FEWEST_SPELLS = 5

interface ReferenceTimes {
  readonly threads: number
  readonly samples: readonly Sample[]
  readonly compilationSeconds: number
  readonly compiledOperators: number
}

/**
 * Measures how fast this machine trains on the engine `onnx`: a few short steps of reference autoencoders, some seconds in all. Like training it blocks the
 * event loop while it computes and changes TensorFlow.js's backend: for a process that does nothing else. {@link speedOf} tells what it says of the speed.
 *
 * Throws AutoencoderError ENGINE_UNAVAILABLE where ONNX Runtime does not load.
 */
export async function measureMachine({ threads = availableParallelism() }: MeasureMachineOptions = {}): Promise<MachineMeasurement> {
  const dataset: Dataset = {
    id: 'noise',
    exampleShape: [28, 28],
    train: makeNoiseImages({ count: TRAIN_COUNT, seed: 0 }),
    test: makeNoiseImages({ count: EVALUATION_BATCH, seed: 0, stream: 'test' }),
  }
  const measured: ReferenceTimes[] = []
  const others = watchOthers()
  for (const reference of references) measured.push(await measureReference(reference, dataset, threads))
  const disturbance = others()
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    runtime: (await findOnnxRuntime()).runtime,
    threads,
    samples: measured.flatMap((each) => each.samples.map((sample) => ({ ...sample, threads: each.threads }))),
    secondsPerCompiledOperator:
      sum(measured.map(({ compilationSeconds }) => compilationSeconds)) / sum(measured.map(({ compiledOperators }) => compiledOperators)),
    disturbance,
  }
}

async function measureReference({ config, evaluates }: Reference, dataset: Dataset, availableThreads: number): Promise<ReferenceTimes> {
  const { exampleShape } = dataset
  const threads = threadsFor(config, exampleShape, availableThreads)
  const graphs: Graph[] = []
  const engine = await createOnnxEngine({ threads, onGraph: (graph) => graphs.push(graph) })
  const parameters = initializeParameters(config.architecture, { exampleShape, seed: 0 })
  const pace = new Pace(undefined)
  const [trainCount, testCount] = [dataset.train.count, dataset.test.count]
  const session = new TrainingSession({ engine, config, dataset, trainCount, testCount, parameters, pace })
  try {
    const { trainer, evaluation, testBatches, latentDimension } = session
    trainer.beginEpoch(1)
    const started = performance.now()
    await trainer.prepare(1)
    if (evaluates) await evaluation.prepare(testCount)
    const compilationSeconds = (performance.now() - started) / 1000
    const counted = graphs.map((graph) => ({
      cost: costOfGraph(graph),
      inputSizes: Object.fromEntries(graph.inputs.map(({ name, value }) => [name, value.shape.reduce((size, length) => size * length, 1)])),
    }))
    const works = counted.map(workOfFunction)
    const [stepWork, evaluationWork] = works
    const samples: Sample[] = []
    const clock = threads === 1 ? processorTime : wallTime
    const steps = trainer.stepsPerEpoch - 1
    if (stepWork) samples.push({ work: stepWork, seconds: await measure((index) => trainer.step(1 + (index % steps)), clock) })
    if (evaluationWork) {
      const run = () =>
        evaluate({ evaluation, batches: testBatches, split: dataset.test, count: testCount, sampleCount: 16, latentDimension, pace })
      samples.push({ work: { ...evaluationWork, scriptedValue: testCount * latentDimension }, seconds: await measure(run, clock) })
    }
    return { threads, samples, compilationSeconds, compiledOperators: counted.reduce((sum, { cost }) => sum + cost.operators, 0) }
  } finally {
    await session.dispose()
  }
}

/** Begins to watch the processors; returns what tells the share of their time since then that went to other programs. */
function watchOthers(): () => number {
  const before = { ...processorTimes(), own: ownTime() }
  return () => {
    const now = processorTimes()
    const total = now.total - before.total
    // Some systems tell nothing of their processors.
    return total > 0 ? Math.min(1, Math.max(0, now.busy - before.busy - (ownTime() - before.own)) / total) : 0
  }
}

/** Milliseconds of all processors together, since they were started. */
function processorTimes(): { readonly busy: number; readonly total: number } {
  const processors = cpus()
  const busy = processors.reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0)
  return { busy, total: processors.reduce((sum, { times }) => sum + times.idle, busy) }
}

/** Reads a time in milliseconds. */
type Clock = () => number

const wallTime: Clock = () => performance.now()

/** What other programs do at the same time does not add to it; of several threads it is the sum. Windows counts it in steps that are too long. */
const processorTime: Clock = () => {
  return process.platform === 'win32' ? wallTime() : ownTime()
}

/** Milliseconds of the processors that went to this process. */
function ownTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Returns the seconds that one call takes, after a first call that warms up. */
async function measure(call: (index: number) => Promise<unknown>, clock: Clock): Promise<number> {
  await call(0)
  const means: number[] = []
  let index = 0
  for (const first = clock(); means.length < FEWEST_SPELLS || clock() - first < MEASURED_MILLISECONDS; ) {
    const started = clock()
    let calls = 0
    do {
      await call(index++)
      calls += 1
    } while (clock() - started < SPELL_MILLISECONDS)
    means.push((clock() - started) / 1000 / calls)
  }
  return means.sort((a, b) => a - b)[Math.floor(means.length / 2)] ?? Number.NaN
}
