import type { OnnxRuntimeName } from '@hourglass/tfjs-onnx'
import type { SecondsPer } from './fitSpeed.js'

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
