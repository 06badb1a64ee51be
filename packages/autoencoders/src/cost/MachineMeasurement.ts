import type { OnnxRuntimeName } from '@hourglass/tfjs-onnx'
import { fitSpeed, type Sample } from './fitSpeed.js'
import type { MachineSpeed } from './MachineSpeed.js'

/** What one measurement of a machine found: a plain object, to be kept as JSON. */
export interface MachineMeasurement {
  readonly runtime: OnnxRuntimeName
  /** Threads that a run may use. */
  readonly threads: number
  readonly samples: readonly TimedSample[]
  /** Of compiling functions, for each of their operators. */
  readonly secondsPerCompiledOperator: number
  /** Share of the processors' time that other programs took meanwhile, from 0 to 1. */
  readonly disturbance: number
}

/** How long one run of a function took with so many threads. */
export interface TimedSample extends Sample {
  readonly threads: number
}

/**
 * Works out how fast a machine is from one measurement or several. Of each sample the fastest counts, as whatever else a machine does only ever adds to it.
 */
export function speedOf(measurements: readonly [MachineMeasurement, ...MachineMeasurement[]]): MachineSpeed {
  const [{ runtime, threads }] = measurements
  const fastest = new Map<string, TimedSample>()
  for (const sample of measurements.flatMap(({ samples }) => samples)) {
    const key = JSON.stringify([sample.threads, sample.work])
    const known = fastest.get(key)
    if (!known || sample.seconds < known.seconds) fastest.set(key, sample)
  }
  const samples = [...fastest.values()]
  return {
    runtime,
    threads,
    speeds: [...new Set(samples.map((sample) => sample.threads))].map((count) => ({
      threads: count,
      secondsPer: fitSpeed(samples.filter((sample) => sample.threads === count)),
    })),
    secondsPerCompiledOperator: Math.min(...measurements.map(({ secondsPerCompiledOperator }) => secondsPerCompiledOperator)),
  }
}
