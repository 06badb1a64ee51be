import { createRequire } from 'node:module'
import { env, findBackend, getBackend, setBackend } from '@tensorflow/tfjs-core'
import type { Engine, EngineOptions } from './Engine.js'
import { createEagerEngine } from './eagerEngine.js'
import { brokenTensorflow, locateTensorflow } from './locateTensorflow.js'

const backend = 'tensorflow'

/**
 * Creates the engine of TensorFlow's own library, where `@tensorflow/tfjs-node` is installed: it runs functions eagerly. How many threads it
 * has, the first engine of a process decides. Throws AutoencoderError ENGINE_UNAVAILABLE elsewhere.
 */
export function createTensorflowEngine({ threads }: EngineOptions): Engine {
  if (!findBackend(backend)) loadBackend(threads)
  return createEagerEngine('tensorflow', activateTensorflow)
}

function activateTensorflow(): void {
  // The promise only covers backends that start asynchronously; this one is current when the call returns.
  if (getBackend() !== backend) void setBackend(backend)
}

function loadBackend(threads: number | undefined): void {
  const path = locateTensorflow()
  // It may come with a copy of TensorFlow.js's core, which shares this one's engine and would complain of each kernel that is there twice.
  env().set('PROD', true)
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS ??= String(threads)
  try {
    createRequire(import.meta.url)(path)
  } catch (cause) {
    throw brokenTensorflow(cause)
  }
}
