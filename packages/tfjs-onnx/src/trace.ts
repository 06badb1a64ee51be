import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from './errors.js'
import type { DType, Graph, NamedValue, Shape, Value } from './graph.js'
import { GraphBuilder } from './graphBuilder.js'
import { DrawRecorder } from './randomness/DrawRecorder.js'
import type { TensorOfShape } from './TensorOfShape.js'
import { TraceBackend } from './TraceBackend.js'
import { VariableStandIns } from './VariableStandIns.js'
import { withTraceBackend } from './withTraceBackend.js'

/** What one input of a traced function looks like; every run is given tensors of just this type. */
export interface InputSpec {
  readonly shape: Shape
  readonly dtype: Exclude<DType, 'int64'>
}

export type InputSpecs = Readonly<Record<string, InputSpec>>

/** The tensors that stand for inputs, each of the rank of its shape. */
export type InputTensors<Inputs extends Readonly<Record<string, { readonly shape: readonly unknown[] }>>> = {
  readonly [Name in keyof Inputs]: TensorOfShape<Inputs[Name]['shape']>
}

/** A function of tensors, which may also read and assign the variables of a state. */
export type TracedFunction<Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>> = (inputs: InputTensors<Inputs>) => Outputs

export interface TraceOptions<Inputs extends InputSpecs> {
  readonly inputs: Inputs
  /** The variables the function may read and assign, by their names in the state. */
  readonly variables: ReadonlyMap<string, tf.Variable>
}

/**
 * Runs `fn` once on symbolic tensors and records what it computes. Variables keep their eager values, the active
 * backend is restored, and no tensor is left behind, also when `fn` throws.
 */
export function trace<Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>>(
  fn: TracedFunction<Inputs, Outputs>,
  { inputs, variables }: TraceOptions<Inputs>,
): Graph {
  return DrawRecorder.recording((recorder) => traceRecorded(fn, { inputs, variables, recorder }))
}

function traceRecorded<Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>>(
  fn: TracedFunction<Inputs, Outputs>,
  { inputs, variables, recorder }: TraceOptions<Inputs> & { readonly recorder: DrawRecorder },
): Graph {
  const builder = new GraphBuilder()
  const backend = new TraceBackend(builder, recorder)
  const states = new Map<tf.Variable, NamedValue>()
  for (const [name, variable] of variables) {
    states.set(variable, { name, value: builder.state(name, { dtype: 'float32', shape: variable.shape }) })
  }

  return withTraceBackend(backend, () => {
    const standIns = new VariableStandIns(backend, (variable) => {
      const state = states.get(variable)
      return state ? backend.addValue(state.value) : backend.addForeignVariable(variable)
    })
    let outputs: readonly NamedValue[] = []
    let updates: readonly NamedValue[] = []
    try {
      tf.engine().tidy(() => {
        const symbols = makeInputs(builder, backend, inputs)
        const results = withGradientAdvice(() => fn(symbols))
        forsakePromises(results)
        if (backend.failure) throw backend.failure
        outputs = namedOutputs(backend, results)
        standIns.assertOnlyStateChanged(states)
        updates = [...states].flatMap(([variable, { name, value }]) => {
          const next = backend.resolve(variable)
          return next === value ? [] : [{ name, value: next }]
        })
      })
    } finally {
      standIns.restore()
    }
    return builder.build({ outputs, updates })
  })
}

/** tfjs-core alone registers no gradients in Node, and its own message does not say how to get them. */
function withGradientAdvice<Result>(body: () => Result): Result {
  if (tf.getGradient('Add')) return body()
  try {
    return body()
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('gradient function not found')) throw error
    throw new CompileError(
      'UNSUPPORTED_OP',
      {
        subject: 'gradients in the traced function',
        expected: 'the gradients of tfjs to be registered',
        got: 'none',
        advice: "Import '@tensorflow/tfjs-layers', which registers them.",
      },
      { cause: error },
    )
  }
}

function makeInputs<Inputs extends InputSpecs>(builder: GraphBuilder, backend: TraceBackend, specs: Inputs) {
  const tensors: Record<string, tf.Tensor> = {}
  for (const [name, spec] of Object.entries(specs)) {
    const value: Value = builder.input(name, spec)
    tensors[name] = tf.engine().makeTensorFromTensorInfo(backend.addValue(value), backend)
  }
  return tensors as InputTensors<Inputs>
}

/** An asynchronous function goes on when its tensors are gone; what it then rejects with would end the process. */
function forsakePromises(results: unknown): void {
  const returned: readonly unknown[] = [results, ...(typeof results === 'object' && results !== null ? Object.values(results) : [])]
  for (const each of returned) if (each instanceof Promise) each.catch(() => undefined)
}

function namedOutputs(backend: TraceBackend, results: unknown): NamedValue[] {
  const invalid = (got: string) =>
    new CompileError('INVALID_FUNCTION', {
      subject: 'the result of the traced function',
      expected: 'a record of tensors, returned at once and not as a promise',
      got,
      advice:
        'Write { loss }. Methods that answer with promises, such as model.fit, compute outside: use tf.variableGrads or optimizer.minimize.',
    })
  if (results instanceof Promise) throw invalid('a promise')
  if (typeof results !== 'object' || results === null || results instanceof tf.Tensor)
    throw invalid(results instanceof tf.Tensor ? 'a tensor' : `${results}`)
  return Object.entries(results).map(([name, tensor]) => {
    if (!(tensor instanceof tf.Tensor)) throw invalid(`${name}: ${tensor instanceof Promise ? 'a promise' : typeof tensor}`)
    const value = backend.resolve(tensor)
    if (value.dtype !== 'float32') {
      throw new CompileError('UNSUPPORTED_DTYPE', {
        subject: `output ${name}`,
        expected: 'float32',
        got: value.dtype,
        advice: 'Convert it with tf.cast.',
      })
    }
    return { name, value }
  })
}
