import { type Tensor, tensor, tidy, type Variable } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import { activateCpuBackend } from '../tensors/cpuBackend.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { CompiledFunction, Engine, EngineState, InputSpecs, TensorFunction } from './Engine.js'

type Variables = Readonly<Record<string, Variable>>

/** Creates the reference engine: it runs functions eagerly in TensorFlow.js's plain JavaScript backend, on the variables themselves. */
export function createCpuEngine(): Engine {
  return { name: 'cpu', createState }
}

function createState(variables: Variables): EngineState {
  return {
    compile: async (fn, inputs) => compileEagerly(fn, inputs),
    snapshot: () => snapshot(variables),
    restore: (tensors) => restore(variables, tensors),
  }
}

function compileEagerly(fn: TensorFunction, specs: InputSpecs): CompiledFunction {
  return {
    async run(inputs) {
      activateCpuBackend()
      return tidy(() =>
        Object.fromEntries(Object.entries(fn(toTensors(inputs, specs))).map(([name, output]) => [name, output.dataSync<'float32'>()])),
      )
    },
    dispose() {},
  }
}

function toTensors(inputs: Readonly<Record<string, Float32Array>>, specs: InputSpecs): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => {
      const values = inputs[name]
      const expected = sizeOfShape(shape)
      if (values?.length !== expected) throw mismatch(`input ${name}`, `${expected} values`, String(values?.length ?? 'none'))
      // The caller reuses its buffer, while a tensor may live on as a variable's value.
      return [name, tensor(values.slice(), [...shape], dtype)]
    }),
  )
}

function snapshot(variables: Variables): NamedTensors {
  activateCpuBackend()
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      { shape: [...variable.shape], values: variable.dataSync<'float32'>().slice() },
    ]),
  )
}

function restore(variables: Variables, tensors: NamedTensors): void {
  activateCpuBackend()
  for (const [name, variable] of Object.entries(variables)) {
    const given = tensors[name]
    if (given?.values.length !== variable.size) {
      throw mismatch(`variable ${name}`, `${variable.size} values`, String(given?.values.length ?? 'none'))
    }
    tidy(() => variable.assign(tensor(given.values.slice(), variable.shape)))
  }
}

const mismatch = (subject: string, expected: string, got: string) =>
  new AutoencoderError('PARAMETERS_MISMATCH', `${subject}: expected ${expected}, got ${got}`)
