import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from '../../src/errors.js'
import { type TensorData, toTensorData, type Value } from '../../src/graph.js'
import { GraphBuilder } from '../../src/graphBuilder.js'
import { DrawRecorder } from '../../src/randomness/DrawRecorder.js'
import { isDrawable, isRefused, runningOps } from '../../src/randomness/randomOps.js'
import { TraceBackend } from '../../src/TraceBackend.js'
import { evaluate } from './evaluate.js'

type DataId = tf.TensorInfo['dataId']

/** Kernels that fail by values: tfjs expects them to throw where they are called, a graph does when it runs. */
const checksIndices: ReadonlySet<string> = new Set(['GatherNd', 'GatherV2', 'ScatterNd', 'TensorScatterUpdate'])

interface HostTensor {
  readonly values: tf.backend_util.BackendValues
  readonly dtype: tf.DataType
  references: number
}

/**
 * A tfjs backend that computes by compiling: kernels are recorded by the rules of the package, and reading a tensor checks, rewrites,
 * encodes and runs the graph behind it. What is written becomes an input of that graph.
 */
export class ConformanceBackend extends tf.KernelBackend {
  readonly #builder = new GraphBuilder()
  readonly #recorder = new DrawRecorder()
  readonly #trace = new TraceBackend(this.#builder, this.#recorder)
  /** Strings and complex numbers, which the graph has no type for. */
  readonly #hosted = new Map<DataId, HostTensor>()
  readonly #known = new Map<Value, TensorData>()
  readonly #inputs = new Map<string, TensorData>()

  /** @param report hears of every graph that ran and of every error that the package threw. */
  constructor(readonly report: { readonly ran: () => void; readonly threw: (error: unknown) => void }) {
    super()
    this.#recorder.install(Math.random)
  }

  blockSize(): number {
    return 1
  }

  override write(values: tf.backend_util.BackendValues | null, shape: number[], dtype: tf.DataType): DataId {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      const dataId = {}
      this.#hosted.set(dataId, { values: values ?? [], dtype, references: 1 })
      return dataId
    }
    if (runningOps().some((op) => isDrawable(op) || isRefused(op)))
      return this.#reporting(() => this.#trace.write(values ?? [], shape, dtype))
    const length = shape.reduce((size, each) => size * each, 1)
    const data = toTensorData(dtype, (values as ArrayLike<number> | null) ?? new Float32Array(length))
    const name = `x${this.#inputs.size}`
    const value = this.#builder.input(name, { dtype, shape })
    this.#inputs.set(name, data)
    this.#known.set(value, data)
    return this.#trace.addValue(value).dataId
  }

  runKernel(kernel: string, inputs: tf.NamedTensorInfoMap, attributes: tf.NamedAttrMap): tf.TensorInfo | tf.TensorInfo[] {
    const [first] = Object.values(inputs)
    if (kernel === 'Identity' && first) {
      this.incRef(first.dataId)
      return { dataId: first.dataId, shape: first.shape, dtype: first.dtype }
    }
    const result = this.#reporting(() => this.#trace.runKernel(kernel, inputs, attributes))
    if (checksIndices.has(kernel) && !Array.isArray(result)) this.readSync(result.dataId)
    return result
  }

  override readSync(dataId: DataId): tf.backend_util.BackendValues {
    const hosted = this.#hosted.get(dataId)
    if (hosted) return hosted.values
    return this.#reporting(() => {
      const value = this.#trace.resolve({ dataId, shape: [], dtype: 'float32' })
      const known = this.#known.get(value)
      if (known) return known as Float32Array
      const result = evaluate(this.#builder, value, this.#inputs)
      this.report.ran()
      this.#known.set(value, result)
      return result
    })
  }

  override async read(dataId: DataId): Promise<tf.backend_util.BackendValues> {
    return this.readSync(dataId)
  }

  override incRef(dataId: DataId): void {
    const hosted = this.#hosted.get(dataId)
    if (hosted) hosted.references++
    else this.#trace.incRef(dataId)
  }

  override refCount(dataId: DataId): number {
    return this.#hosted.get(dataId)?.references ?? this.#trace.refCount(dataId)
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const hosted = this.#hosted.get(dataId)
    if (!hosted) return this.#trace.disposeData(dataId, force)
    hosted.references--
    if (hosted.references > 0 && !force) return false
    return this.#hosted.delete(dataId)
  }

  override numDataIds(): number {
    return this.#trace.numDataIds() + this.#hosted.size
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true }
  }

  override floatPrecision(): 16 | 32 {
    return 32
  }

  override epsilon(): number {
    return 1e-7
  }

  override timerAvailable(): boolean {
    return false
  }

  override async time(body: () => void): Promise<tf.BackendTimingInfo> {
    body()
    return { kernelMs: 0 }
  }

  override dispose(): void {
    this.#recorder.remove()
    this.#trace.dispose()
    this.#hosted.clear()
  }

  #reporting<Result>(body: () => Result): Result {
    try {
      return body()
    } catch (error) {
      this.report.threw(error)
      throw error
    }
  }
}

/** Tells whether an error refuses a call by name, as opposed to one that no user should see. */
export function isRefusal(error: unknown): error is CompileError {
  return error instanceof CompileError && error.code !== 'INVALID_GRAPH'
}
