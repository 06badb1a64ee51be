import * as tf from '@tensorflow/tfjs-core'
import { supportedKernels } from './rules/index.js'
import { TraceBackend, traceBackendName } from './TraceBackend.js'

/**
 * Registers a kernel on the trace backend for every kernel name that tfjs-core knows, so that also the ones without a
 * rule reach the backend, which can name the call in its error.
 */
export function registerTraceKernels(): void {
  const known = Object.entries(tf as Readonly<Record<string, unknown>>)
    .filter(([name, value]) => name === value)
    .map(([name]) => name)
  for (const kernelName of new Set([...known, ...supportedKernels()])) {
    if (tf.getKernel(kernelName, traceBackendName)) continue
    tf.registerKernel({
      kernelName,
      backendName: traceBackendName,
      kernelFunc: ({ inputs, attrs, backend }) => asTraceBackend(backend).runKernel(kernelName, inputs, attrs ?? {}),
    })
  }
}

function asTraceBackend(backend: object): TraceBackend {
  if (backend instanceof TraceBackend) return backend
  throw new TypeError(`kernels of ${traceBackendName}: expected a TraceBackend, got ${backend.constructor.name}`)
}
