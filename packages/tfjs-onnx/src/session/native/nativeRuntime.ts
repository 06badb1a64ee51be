import koffi from 'koffi'
import { sizeOf } from '../../graph.js'
import type { InputArrays } from '../InputArrays.js'
import {
  type BlockingSession,
  type BoundInput,
  type ElementType,
  type OnnxRuntime,
  type SessionHandles,
  type SessionOptions,
  SPIN_MICROSECONDS,
} from '../Session.js'
import { Turns } from '../Turns.js'
import { type Handle, ort } from './ortApi.js'

const { call, check, create } = ort

/** As onnxruntime_c_api.h counts them. */
const SEVERITY_ERROR = 3
const OPTIMIZE_ALL = 99
const SEQUENTIAL = 0
const ALLOCATOR_OF_DEVICE = 0
const MEMORY_DEFAULT = 0
const elementTypes: Readonly<Record<ElementType, number>> = { float32: 1, int32: 6, bool: 9 }

const environment = create('CreateEnv', SEVERITY_ERROR, 'tfjs-onnx')
const memoryInfo = create('CreateCpuMemoryInfo', ALLOCATOR_OF_DEVICE, MEMORY_DEFAULT)

/**
 * The native library, called through its C interface: inputs and outputs are bound to their arrays once, and a run copies none of them.
 * onnxruntime-node runs the same library but copies every output again, which takes longer than small steps.
 */
export const nativeRuntime: OnnxRuntime = {
  name: 'native',
  async openSession(model, options) {
    return new NativeSession(model, options)
  },
}

/** A tensor of the library over an array, which must stay where it is as long as the tensor does. */
interface BoundTensor {
  readonly values: InputArrays[ElementType]
  readonly buffer: ArrayBufferLike
  readonly tensor: Handle
}

/** Tensors that are kept for each input and output: whoever refills two arrays in turns binds them by one call. */
const KEPT_TENSORS = 2

class NativeSession implements BlockingSession {
  readonly runtime = 'native'
  readonly #session: Handle
  readonly #binding: Handle
  /** What the library reads and writes, last bound first: collected, the addresses would be another's. */
  readonly #tensors = new Map<string, readonly BoundTensor[]>()
  readonly #turns = new Turns()

  constructor(model: Uint8Array, options: SessionOptions) {
    const settings = toSettings(options)
    try {
      this.#session = create('CreateSessionFromArray', environment, model, model.length, settings)
    } finally {
      call.ReleaseSessionOptions(settings)
    }
    this.#binding = create('CreateIoBinding', this.#session)
  }

  bindInput<Type extends ElementType>(name: string, input: BoundInput<Type>): void {
    this.#bind('BindInput', name, input)
  }

  bindOutput(name: string, values: Float32Array, shape: readonly number[]): void {
    this.#bind('BindOutput', name, { dtype: 'float32', values, shape })
  }

  get handles(): SessionHandles {
    return { session: this.#session, binding: this.#binding }
  }

  runNow(): void {
    check(call.RunWithBinding(this.#session, 0n, this.#binding))
  }

  checkStatus(status: bigint): void {
    check(status)
  }

  async run(): Promise<void> {
    this.runNow()
    await this.#turns.take()
  }

  async release(): Promise<void> {
    call.ReleaseIoBinding(this.#binding)
    for (const { tensor } of [...this.#tensors.values()].flat()) call.ReleaseValue(tensor)
    call.ReleaseSession(this.#session)
    this.#tensors.clear()
  }

  #bind(as: 'BindInput' | 'BindOutput', name: string, { dtype, values, shape }: BoundInput): void {
    // The library believes what it is told of lengths.
    if (values.length !== sizeOf(shape)) throw new RangeError(`${name}: expected ${sizeOf(shape)} values, got ${values.length}`)
    const kept = this.#tensors.get(name) ?? []
    const known = kept.find((each) => isOver(each, values))
    const bound = known ?? { values, buffer: values.buffer, tensor: makeTensor(dtype, values, shape) }
    const next = [bound, ...kept.filter((each) => each !== bound)]
    this.#tensors.set(name, next.slice(0, KEPT_TENSORS))
    try {
      check(call[as](this.#binding, name, bound.tensor))
    } finally {
      // The binding holds on to what was bound.
      for (const { tensor } of next.slice(KEPT_TENSORS)) call.ReleaseValue(tensor)
    }
  }
}

/** Whether a tensor is over the very bytes of an array. */
function isOver({ values, buffer }: BoundTensor, { buffer: other, byteOffset, byteLength }: InputArrays[ElementType]): boolean {
  return buffer === other && values.byteOffset === byteOffset && values.byteLength === byteLength
}

function makeTensor(dtype: ElementType, values: InputArrays[ElementType], shape: readonly number[]): Handle {
  const dimensions = BigInt64Array.from(shape, BigInt)
  return create(
    'CreateTensorWithDataAsOrtValue',
    memoryInfo,
    addressOf(values),
    values.byteLength,
    dimensions.length > 0 ? dimensions : null,
    dimensions.length,
    elementTypes[dtype],
  )
}

function addressOf(values: InputArrays[ElementType]): Handle {
  // The garbage collector moves short arrays, until somebody has asked for their buffer.
  const { buffer } = values
  return buffer.byteLength === 0 ? 0n : koffi.address(values)
}

function toSettings({ threads, spinning }: SessionOptions): Handle {
  const settings = create('CreateSessionOptions')
  check(call.SetSessionExecutionMode(settings, SEQUENTIAL))
  check(call.SetSessionGraphOptimizationLevel(settings, OPTIMIZE_ALL))
  check(call.SetSessionLogSeverityLevel(settings, SEVERITY_ERROR))
  check(call.SetIntraOpNumThreads(settings, threads))
  check(call.SetInterOpNumThreads(settings, 1))
  check(call.AddSessionConfigEntry(settings, 'session.intra_op.allow_spinning', spinning ? '1' : '0'))
  if (spinning) check(call.AddSessionConfigEntry(settings, 'session.intra_op.spin_duration_us', SPIN_MICROSECONDS))
  return settings
}
