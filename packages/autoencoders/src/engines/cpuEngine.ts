import { activateCpuBackend } from '../tensors/cpuBackend.js'
import type { Engine } from './Engine.js'
import { createEagerEngine } from './eagerEngine.js'

/** Creates the reference engine: it runs functions eagerly in TensorFlow.js's plain JavaScript backend. */
export function createCpuEngine(): Engine {
  return createEagerEngine('cpu', activateCpuBackend)
}
