import { dispose, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core'
import { activateCpuBackend } from './cpuBackend.js'
import type { NamedTensors } from './NamedTensors.js'

/** Copies tensors into variables of TensorFlow.js, for an engine to take over; the caller disposes of them. */
export function toVariables(tensors: NamedTensors): Record<string, Variable> {
  activateCpuBackend()
  return tidy(() =>
    Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, variable(tensor(values.slice(), [...shape]))])),
  )
}

/** Frees variables. */
export function disposeVariables(variables: Readonly<Record<string, Variable>>): void {
  activateCpuBackend()
  dispose({ ...variables })
}
