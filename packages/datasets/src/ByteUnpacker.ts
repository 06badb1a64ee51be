import { bytes16, control, f32, f32x4, i32, i32x4, instantiate, local, ModuleBuilder, webAssembly } from '@hourglass/wasm'

const PAGE_BYTES = 65_536
/** What one iteration reads; it may read and write so much past the end of a row, as the next row or nothing is there. */
const STRIDE = 16
const FLOAT_BYTES = 4
const halves = ['low', 'high'] as const

/** Turns rows of bytes into floats, byte / 255 rounded once, sixteen at a time. */
export class ByteUnpacker {
  /** `[capacity]`: where rows are unpacked to. */
  readonly floats: Float32Array
  readonly #firstFloat: number
  readonly #run: (from: number, to: number, end: number) => void

  /** Copies `values`, and makes room for `capacity` floats. */
  constructor(values: Uint8Array, capacity: number) {
    this.#firstFloat = Math.ceil((values.length + STRIDE) / 64) * 64
    const bytes = this.#firstFloat + FLOAT_BYTES * (capacity + STRIDE)
    const pages = Math.ceil(bytes / PAGE_BYTES)
    const memory = new webAssembly.Memory({ initial: pages, maximum: pages })
    new Uint8Array(memory.buffer).set(values)
    this.floats = new Float32Array(memory.buffer, this.#firstFloat, capacity)
    this.#run = instantiate(encodeUnpacking(), { memory })
  }

  /** Unpacks row `from` of the bytes into row `to` of the floats. Rows of a batch are unpacked from the first to the last. */
  unpack(from: number, to: number, size: number): void {
    if (size > 0) this.#run(from * size, this.#firstFloat + FLOAT_BYTES * to * size, (from + 1) * size)
  }
}

/** Encodes `run(from, to, end)`: the bytes from one address to another, as floats, to a third. */
function encodeUnpacking(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder(3)
  const [from, to, end] = [0, 1, 2]
  const [bytes, words, whole] = [module.local('v128'), module.local('v128'), module.local('v128')]
  module.emit(f32.constant(255), f32x4.splat, local.set(whole), control.loop)
  module.emit(local.get(from), bytes16.load(0), local.set(bytes))
  for (const [outer, half] of halves.entries()) {
    module.emit(local.get(bytes), bytes16.extend(half), local.set(words))
    for (const [inner, quarter] of halves.entries()) {
      module.emit(local.get(to), local.get(words), bytes16.extendAgain(quarter), i32x4.toFloat)
      module.emit(local.get(whole), f32x4.arithmetic('div'), f32x4.store(STRIDE * (2 * outer + inner)))
    }
  }
  module.emit(local.get(to), i32.constant(FLOAT_BYTES * STRIDE), i32.add, local.set(to))
  module.emit(local.get(from), i32.constant(STRIDE), i32.add, local.tee(from))
  module.emit(local.get(end), i32.lessThan, control.repeatIf, control.end)
  return module.encode()
}
