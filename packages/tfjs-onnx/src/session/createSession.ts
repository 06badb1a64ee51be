import { CompileError } from '../errors.js'
import { loadRuntime } from './loadRuntime.js'
import type { Session, SessionOptions } from './Session.js'

/**
 * Loads a model with the ONNX Runtime of this machine (see findOnnxRuntime). Throws INVALID_GRAPH where it refuses the model,
 * RUNTIME_UNAVAILABLE where there is no runtime.
 */
export async function createSession(model: Uint8Array, options: SessionOptions): Promise<Session> {
  const { runtime } = await loadRuntime()
  try {
    return await runtime.openSession(model, options)
  } catch (error) {
    throw new CompileError(
      'INVALID_GRAPH',
      { subject: 'ONNX Runtime', expected: 'to load the model', got: error instanceof Error ? error.message : `${error}` },
      { cause: error },
    )
  }
}
