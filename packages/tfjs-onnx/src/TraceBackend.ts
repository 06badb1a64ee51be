import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from './errors.js'
import { type DType, formatType, type Shape, sameShape, sizeOf, toTensorData, type Value } from './graph.js'
import type { GraphBuilder } from './graphBuilder.js'
import type { DrawRecorder } from './randomness/DrawRecorder.js'
import { type DrawableOp, isDrawable, isRefused, randomWhileTracing, runningOps } from './randomness/randomOps.js'
import { type Rule, ruleFor } from './rules/index.js'
import { KernelCall } from './rules/KernelCall.js'
import { adviceFor } from './unsupportedKernels.js'

export const traceBackendName = 'onnx-trace'

type DataId = tf.TensorInfo['dataId']

/** What stands behind a tensor while tracing. */
type Content =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'data'; readonly values: tf.backend_util.BackendValues; readonly shape: Shape; readonly dtype: tf.DataType }
  | { readonly kind: 'foreignVariable'; readonly name: string; readonly shape: Shape; readonly dtype: tf.DataType }

interface Entry {
  readonly content: Content
  references: number
}

/**
 * Computes nothing: a tfjs backend whose tensors are values of a graph, and whose kernels add nodes to it.
 * Lives as long as one trace.
 */
export class TraceBackend extends tf.KernelBackend {
  readonly #graph: GraphBuilder
  readonly #recorder: DrawRecorder
  readonly #entries = new Map<DataId, Entry>()
  /** Constants made of data from outside, so that data used twice is in the graph once. */
  readonly #constants = new Map<DataId, Value[]>()
  #failure: CompileError | undefined

  constructor(graph: GraphBuilder, recorder: DrawRecorder) {
    super()
    this.#graph = graph
    this.#recorder = recorder
  }

  /** An error that could not be thrown where it arose, because tfjs would have hidden it in a promise. */
  get failure(): CompileError | undefined {
    return this.#failure
  }

  /** Adds a tensor that stands for a value; its data id is new and has one reference. */
  addValue(value: Value): tf.TensorInfo {
    return this.#add({ kind: 'value', value }, value.shape, value.dtype as tf.DataType)
  }

  /** Adds a stand-in for a variable that is not in the state: reading it throws. */
  addForeignVariable({ name, shape, dtype }: tf.Variable): tf.TensorInfo {
    return this.#add({ kind: 'foreignVariable', name, shape, dtype }, shape, dtype)
  }

  /** Resolves the value behind a tensor; data, from inside or outside the trace, becomes a constant. */
  resolve(tensor: tf.TensorInfo): Value {
    const entry = this.#entries.get(tensor.dataId)
    if (entry?.content.kind === 'value') return entry.content.value
    if (entry?.content.kind === 'foreignVariable') throw unknownVariable(entry.content.name, 'read')
    const known = this.#constants.get(tensor.dataId) ?? []
    const found = known.find((value) => value.dtype === tensor.dtype && sameShape(value.shape, tensor.shape))
    if (found) return found
    const values = entry?.content.kind === 'data' ? entry.content.values : tf.engine().readSync(tensor.dataId)
    const value = this.#addConstant(tensor, values)
    this.#constants.set(tensor.dataId, [...known, value])
    return value
  }

  /** Runs one kernel: its rule adds nodes, its outputs become tensors. */
  runKernel(kernel: string, inputs: tf.NamedTensorInfoMap, attributes: tf.NamedAttrMap): tf.TensorInfo | tf.TensorInfo[] {
    const calledAs = runningOps().at(-1)
    const rule = ruleFor(kernel)
    const values: Record<string, Value> = {}
    for (const [name, tensor] of Object.entries(inputs))
      if (tensor && (rule || isNumericTensor(tensor))) values[name] = this.resolve(tensor)
    const call = new KernelCall({ graph: this.#graph, kernel, inputs: values, attributes, calledAs, recorder: this.#recorder })
    if (!rule) return call.fail('UNSUPPORTED_OP', { expected: 'a tfjs kernel with an ONNX rule', got: kernel, advice: adviceFor(kernel) })
    const dtypes: readonly DType[] = rule.dtypes ?? ['float32']
    for (const [name, value] of Object.entries(values)) {
      if (!dtypes.includes(value.dtype)) {
        const advice = 'Convert it with tf.cast.'
        call.fail('UNSUPPORTED_DTYPE', { expected: `${name} to be ${dtypes.join(' or ')}`, got: value.dtype, advice })
      }
    }
    const outputs = emit(rule, call)
    return 'id' in outputs ? this.addValue(outputs) : outputs.map((value) => this.addValue(value))
  }

  /** Lists what is still referenced, so that the trace can leave nothing behind. */
  remaining(): { dataId: DataId; references: number; shape: Shape; dtype: tf.DataType }[] {
    return [...this.#entries].map(([dataId, { content, references }]) => {
      const type = content.kind === 'value' ? content.value : content
      return { dataId, references, shape: type.shape, dtype: type.dtype as tf.DataType }
    })
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): DataId {
    const running = runningOps()
    const refused = running.find(isRefused)
    if (refused !== undefined) throw randomWhileTracing(`tf.${refused}`)
    const op = running.at(-1)
    if (isDrawable(op) && sizeOf(shape) > 0) return this.#draw(op, values, { shape, dtype })
    return this.#add({ kind: 'data', values, shape, dtype }, shape, dtype).dataId
  }

  override readSync(dataId: DataId): tf.backend_util.BackendValues {
    const content = this.#entries.get(dataId)?.content
    if (content?.kind === 'data') return content.values
    throw valueRead(content)
  }

  /** Never settles for a value of the graph: a rejection would be lost where nobody awaits it, so the trace throws `failure`. */
  override read(dataId: DataId): Promise<tf.backend_util.BackendValues> {
    const content = this.#entries.get(dataId)?.content
    if (content?.kind === 'data') return Promise.resolve(content.values)
    this.#failure ??= valueRead(content)
    return new Promise(() => {})
  }

  override incRef(dataId: DataId): void {
    const entry = this.#entries.get(dataId)
    if (entry) entry.references++
  }

  override refCount(dataId: DataId): number {
    return this.#entries.get(dataId)?.references ?? 0
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const entry = this.#entries.get(dataId)
    if (!entry) return true
    entry.references--
    if (!force && entry.references > 0) return false
    this.#entries.delete(dataId)
    return true
  }

  override numDataIds(): number {
    return this.#entries.size
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true }
  }

  override floatPrecision(): 16 | 32 {
    return 32
  }

  override dispose(): void {
    this.#entries.clear()
    this.#constants.clear()
  }

  #draw(op: DrawableOp, values: tf.backend_util.BackendValues, { shape, dtype }: { shape: Shape; dtype: tf.DataType }): DataId {
    const drawn = this.#recorder.recognise(op, values)
    if (!drawn) return this.#add({ kind: 'data', values, shape, dtype }, shape, dtype).dataId
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new CompileError('UNSUPPORTED_DTYPE', {
        subject: `tf.${op} of shape [${shape.join(',')}]`,
        expected: 'float32, int32 or bool',
        got: dtype,
      })
    }
    return this.addValue(this.#graph.draw({ dtype, shape }, drawn)).dataId
  }

  #add(content: Content, shape: Shape, dtype: tf.DataType): tf.TensorInfo {
    const dataId = {}
    this.#entries.set(dataId, { content, references: 1 })
    return { dataId, shape: [...shape], dtype }
  }

  #addConstant({ shape, dtype }: tf.TensorInfo, values: tf.backend_util.BackendValues): Value {
    if ((dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') || !isNumeric(values)) {
      throw new CompileError('UNSUPPORTED_DTYPE', {
        subject: `a tensor of shape [${shape.join(',')}] used in the traced function`,
        expected: 'float32, int32 or bool',
        got: dtype,
      })
    }
    return this.#graph.constant({ dtype, shape }, toTensorData(dtype, values))
  }
}

/** Makes the error of a variable that the traced function uses and the state does not hold. */
export function unknownVariable(name: string, use: 'read' | 'assigned'): CompileError {
  return new CompileError('UNKNOWN_VARIABLE', {
    subject: `variable ${name}`,
    expected: `to be part of the state, because the traced function has it ${use}`,
    got: 'a variable the state does not hold',
    advice: 'Pass it to createState; for the slots of a tf.train optimizer use optimizerVariables.',
  })
}

function valueRead(content: Content | undefined): CompileError {
  const type = content?.kind === 'value' ? formatType(content.value) : 'a variable'
  return new CompileError('VALUE_READ_WHILE_TRACING', {
    subject: `dataSync, arraySync, data or print of ${type}`,
    expected: 'no value to be read inside the traced function',
    got: 'a read',
    advice:
      'The function runs once, before there are any values: return the tensor and read it from the result of run, or choose with tf.where.',
  })
}

/** What an operator rejects comes from the user's tensors, not from a broken graph. */
function emit(rule: Rule, call: KernelCall): Value | readonly Value[] {
  try {
    return rule.emit(call)
  } catch (error) {
    if (!(error instanceof CompileError) || error.code !== 'INVALID_GRAPH') throw error
    throw new CompileError(
      'UNSUPPORTED_SHAPE',
      { subject: call.toString(), expected: 'tensors that the ONNX operator takes', got: error.message },
      { cause: error },
    )
  }
}

/** Kernels without a rule are given other things too: lists of tensors, strings, images of a page. */
function isNumericTensor({ dataId, dtype }: tf.TensorInfo): boolean {
  return dataId !== undefined && (dtype === 'float32' || dtype === 'int32' || dtype === 'bool')
}

function isNumeric(values: tf.backend_util.BackendValues): values is Float32Array | Int32Array | Uint8Array {
  return !Array.isArray(values)
}
