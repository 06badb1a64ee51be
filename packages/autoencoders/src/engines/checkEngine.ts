import type { EngineName } from '../config/engineCatalog.js'
import { createEngine } from './createEngine.js'

export interface EngineStatus {
  readonly name: EngineName
  readonly available: boolean
  /** How the engine `onnx` runs ONNX Runtime, in its own words; null for the others. */
  readonly runtime: string | null
  /** Why it is not available or not at its best, and what to do; null where it is both. */
  readonly reason: string | null
}

/**
 * Loads an engine to see whether it can be had on this machine. Its libraries stay loaded, TensorFlow.js's backend changes, and a library that
 * is broken may end the process: for a process that does nothing else.
 */
export async function checkEngine(name: EngineName): Promise<EngineStatus> {
  try {
    const { runtime = null, reason = null } = await createEngine(name)
    return { name, available: true, runtime, reason }
  } catch (error) {
    return { name, available: false, runtime: null, reason: error instanceof Error ? error.message : String(error) }
  }
}
