import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from './errors.js'
import { type TraceBackend, unknownVariable } from './TraceBackend.js'

/**
 * Puts symbolic data in the place of every variable's data for the time of a trace, so that reads are recorded,
 * assignments can be collected, and no eager value is freed when a variable is assigned.
 */
export class VariableStandIns {
  readonly #originals = new Map<tf.Variable, { readonly dataId: object; readonly standIn: object }>()

  /** @param standInFor gives each variable that tfjs knows the tensor of the trace to stand in for it. */
  constructor(backend: TraceBackend, standInFor: (variable: tf.Variable) => tf.TensorInfo) {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      const original = variable.dataId
      const { dataId } = standInFor(variable)
      variable.dataId = dataId
      // The engine counts the stand-in as one more tensor, as it will count it out again when the variable is assigned.
      tf.engine().incRef(variable, backend)
      backend.disposeData(dataId)
      this.#originals.set(variable, { dataId: original, standIn: dataId })
    }
  }

  /** Throws, naming the variable, where one outside the state was assigned, made or disposed of. */
  assertOnlyStateChanged(state: { has(variable: tf.Variable): boolean }): void {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (!this.#originals.has(variable)) {
        throw new CompileError('VARIABLE_CREATED_WHILE_TRACING', {
          subject: `variable ${variable.name}`,
          expected: 'variables to be made before the function is traced',
          got: 'one made inside it',
          advice: 'Make it outside and pass it to createState; for the slots of a tf.train optimizer use optimizerVariables.',
        })
      }
    }
    for (const [variable, { standIn }] of this.#originals) {
      if (!state.has(variable) && variable.dataId !== standIn) throw unknownVariable(variable.name, 'assigned')
      if (variable.isDisposed) {
        throw new CompileError('INVALID_FUNCTION', {
          subject: `variable ${variable.name}`,
          expected: 'variables to outlive the traced function',
          got: 'a call of dispose inside it',
        })
      }
    }
  }

  /** Gives every variable its eager data back and disposes of variables made during the trace. */
  restore(): void {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (!this.#originals.has(variable)) variable.dispose()
    }
    for (const [variable, { dataId }] of this.#originals) {
      tf.engine().disposeTensor(variable)
      variable.dataId = dataId
    }
  }
}
