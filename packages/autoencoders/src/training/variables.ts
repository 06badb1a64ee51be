import { dispose, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core'
import { activateCpuBackend } from '../tensors/cpuBackend.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

/** Turns tensors into variables of TensorFlow.js, for an engine to take over. */
export function toVariables(tensors: NamedTensors): Record<string, Variable> {
  activateCpuBackend()
  return tidy(() =>
    Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, variable(tensor(values, [...shape]))])),
  )
}

/** Frees variables. */
export function disposeVariables(variables: Readonly<Record<string, Variable>>): void {
  activateCpuBackend()
  dispose({ ...variables })
}
