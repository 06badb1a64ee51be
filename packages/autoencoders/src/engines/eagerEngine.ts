import { type Tensor, tensor, tidy, type Variable } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import type { EngineName } from '../config/engineCatalog.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { CompiledFunction, Engine, InputSpecs, TensorFunction } from './Engine.js'

type Variables = Readonly<Record<string, Variable>>

/** Makes one of TensorFlow.js's backends the current one. */
type Activate = () => void

/** Creates an engine that runs functions eagerly in one of TensorFlow.js's backends, on the variables themselves. */
export function createEagerEngine(name: EngineName, activate: Activate): Engine {
  return {
    name,
    createState: (variables) => ({
      compile: async (fn, inputs) => compileEagerly(fn, inputs, activate),
      snapshot: () => snapshot(variables, activate),
      restore: (tensors) => restore(variables, tensors, activate),
    }),
  }
}

function compileEagerly(fn: TensorFunction, specs: InputSpecs, activate: Activate): CompiledFunction {
  return {
    async run(inputs) {
      activate()
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

function snapshot(variables: Variables, activate: Activate): NamedTensors {
  activate()
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      { shape: [...variable.shape], values: variable.dataSync<'float32'>().slice() },
    ]),
  )
}

function restore(variables: Variables, tensors: NamedTensors, activate: Activate): void {
  activate()
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
