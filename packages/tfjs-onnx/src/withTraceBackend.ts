import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from './errors.js'
import { registerTraceKernels } from './registerTraceKernels.js'
import { type TraceBackend, traceBackendName } from './TraceBackend.js'

/**
 * Runs `body` with `backend` as tfjs's active backend, then restores the one before and disposes of every tensor that
 * is left on it: tensors that were kept, or that an error left on the gradient tape.
 */
export function withTraceBackend<Result>(backend: TraceBackend, body: () => Result): Result {
  const engine = tf.engine()
  if (engine.findBackendFactory(traceBackendName)) {
    throw new CompileError('INVALID_FUNCTION', {
      subject: 'trace',
      expected: 'no other trace to be under way',
      got: 'a trace inside a traced function',
    })
  }
  const previous = engine.backendName as string | undefined
  registerTraceKernels()
  // The lowest priority: tfjs must never choose this backend by itself.
  engine.registerBackend(traceBackendName, () => backend, -1)
  try {
    activate(traceBackendName)
    return body()
  } finally {
    disposeRemaining(backend)
    if (previous) activate(previous)
    engine.removeBackend(traceBackendName)
  }
}

/** Switches at once: setBackend is asynchronous only for backends that still have to start. */
function activate(name: string): void {
  void tf.engine().setBackend(name)
}

function disposeRemaining(backend: TraceBackend): void {
  for (const { dataId, references, shape, dtype } of backend.remaining()) {
    const tensor = new tf.Tensor([...shape], dtype, dataId, -1)
    for (let count = 0; count < references; count++) tf.engine().disposeTensor(tensor)
  }
}
