import type { OnnxRuntimeName } from '@hourglass/tfjs-onnx'
import type { SecondsPer } from './fitSpeed.js'
import { typicalSeconds } from './Work.js'

/** How fast a machine trains on the engine `onnx`: a plain object, to be kept as JSON. */
export interface MachineSpeed {
  readonly runtime: OnnxRuntimeName
  /** Threads that a run may use. */
  readonly threads: number
  /** For one thread and, where there are more, for all of them. */
  readonly speeds: readonly ThreadedSpeed[]
  /** Of compiling functions, for each of their operators. */
  readonly secondsPerCompiledOperator: number
}

export interface ThreadedSpeed {
  readonly threads: number
  readonly secondsPer: SecondsPer
}

/** Stands in for the speed of a machine that was not measured: good for comparing runs with each other, not for telling how long they take. */
export function typicalMachine(threads: number): MachineSpeed {
  const counts = threads === 1 ? [1] : [1, threads]
  const speeds = counts.map((count) => ({ threads: count, secondsPer: typicalSeconds }))
  return { runtime: 'node', threads, speeds, secondsPerCompiledOperator: TYPICAL_COMPILATION }
}

/** Seconds for each operator that is compiled. */
const TYPICAL_COMPILATION = 1e-3
