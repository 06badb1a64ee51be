import { AutoencoderError } from '../AutoencoderError.js'
import type { RunConfig } from '../config/RunConfig.js'
import { threadsFor } from '../training/threadsFor.js'
import { countRun, type DatasetSizes, type RunWork } from './countRun.js'
import type { MachineSpeed, ThreadedSpeed } from './MachineSpeed.js'
import { secondsOf } from './Work.js'

/** How long a run is going to take, in seconds, when it has the machine to itself. */
export interface RunEstimate {
  /** Of everything. */
  readonly seconds: number
  /** Of compiling its functions. */
  readonly compilation: number
  readonly pretraining: number
  readonly training: number
  /** Of the evaluations on test examples after the epochs. */
  readonly evaluation: number
  /** Of measuring the run after its last epoch, which a lab may leave out. */
  readonly analysis: number
}

/**
 * Estimates how long a run will take on a measured machine, from the cost of the functions that it would compile. It traces them, which takes about a tenth of a
 * second and changes TensorFlow.js's backend, and runs none.
 *
 * Throws AutoencoderError ENGINE_UNAVAILABLE for other engines than `onnx`, whose speed is not measured.
 */
export async function estimateRun(config: RunConfig, sizes: DatasetSizes, machine: MachineSpeed): Promise<RunEstimate> {
  const speed = speedFor(config, sizes, machine)
  return timeWork(await countRun(config, sizes), speed, machine)
}

/** Estimates as {@link estimateRun} does, at once, from the work of the run where that was counted before. */
export function estimateCounted(config: RunConfig, work: RunWork, { sizes, machine }: CountedEstimateOptions): RunEstimate {
  return timeWork(work, speedFor(config, sizes, machine), machine)
}

export interface CountedEstimateOptions {
  readonly sizes: DatasetSizes
  readonly machine: MachineSpeed
}

function speedFor(config: RunConfig, sizes: DatasetSizes, machine: MachineSpeed): ThreadedSpeed {
  const { engine } = config.training
  if (engine !== 'onnx') {
    throw new AutoencoderError('ENGINE_UNAVAILABLE', `estimate: expected a run on the engine onnx, whose speed is measured, got ${engine}`)
  }
  const threads = threadsFor(config, sizes.exampleShape, machine.threads)
  const speed = machine.speeds.find((each) => each.threads === threads)
  if (speed) return speed
  const known = machine.speeds.map((each) => each.threads).join(' and ')
  throw new AutoencoderError('ENGINE_UNAVAILABLE', `estimate: expected a machine measured with ${threads} threads, got ${known || 'none'}`)
}

function timeWork(work: RunWork, speed: ThreadedSpeed, machine: MachineSpeed): RunEstimate {
  // Most of an analysis is JavaScript, which has one thread.
  const single = machine.speeds.find(({ threads }) => threads === 1) ?? speed
  const stages = {
    compilation: work.compiledOperators * machine.secondsPerCompiledOperator,
    pretraining: secondsOf(work.pretraining, speed.secondsPer),
    training: secondsOf(work.training, speed.secondsPer),
    evaluation: secondsOf(work.evaluation, speed.secondsPer),
    analysis: secondsOf(work.analysis, single.secondsPer),
  }
  return { seconds: Object.values(stages).reduce((sum, seconds) => sum + seconds, 0), ...stages }
}
