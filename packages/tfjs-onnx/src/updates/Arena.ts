import { type WasmMemory, webAssembly } from '@hourglass/wasm'
import { CompileError } from '../errors.js'

/** A stretch of an arena: where it begins, in bytes, and how many float32 it was asked to hold. */
export interface Block {
  readonly offset: number
  readonly length: number
}

interface Gap {
  readonly offset: number
  readonly bytes: number
}

const PAGE_BYTES = 65_536
const MOST_PAGES = 65_536
/** A cache line, and the stride of the loops that update: a loop may run past the end of a block up to the next multiple, never beyond. */
const ALIGNMENT = 64

/**
 * Hands out zeroed float32 blocks of one WebAssembly memory, so that ONNX Runtime and compiled update loops work on the same
 * bytes. When the memory grows, all arrays over it are detached: keep blocks, and ask for arrays anew when `buffer` has changed.
 */
export class Arena {
  #memory: WasmMemory = new webAssembly.Memory({ initial: 1, maximum: MOST_PAGES })
  #isShared = false
  #end = 0
  #gaps: readonly Gap[] = []

  get memory(): WasmMemory {
    return this.#memory
  }

  /** Whether several threads can work on the memory. */
  get isShared(): boolean {
    return this.#isShared
  }

  get buffer(): ArrayBuffer {
    return this.memory.buffer
  }

  /** Moves everything to a memory that several threads can work on; code that was compiled for the old one must be compiled anew. */
  share(): void {
    if (this.#isShared) return
    const initial = this.buffer.byteLength / PAGE_BYTES
    const memory = new webAssembly.Memory({ initial, maximum: MOST_PAGES, shared: true })
    new Uint8Array(memory.buffer).set(new Uint8Array(this.buffer))
    this.#memory = memory
    this.#isShared = true
  }

  /** Throws OUT_OF_MEMORY beyond the 4 GiB that a WebAssembly memory can have. */
  allocate(length: number): Block {
    const bytes = bytesOf(length)
    const gap = this.#gaps.find((each) => each.bytes >= bytes)
    if (gap) {
      const rest = { offset: gap.offset + bytes, bytes: gap.bytes - bytes }
      this.#gaps = this.#gaps.flatMap((each) => (each !== gap ? [each] : rest.bytes > 0 ? [rest] : []))
      new Uint8Array(this.buffer, gap.offset, bytes).fill(0)
      return { offset: gap.offset, length }
    }
    const offset = this.#end
    this.#grow(offset + bytes)
    this.#end = offset + bytes
    return { offset, length }
  }

  /** Takes a block back; nothing may use it any more. */
  free({ offset, length }: Block): void {
    const sorted = [...this.#gaps, { offset, bytes: bytesOf(length) }].sort((a, b) => a.offset - b.offset)
    const merged: Gap[] = []
    for (const gap of sorted) {
      const last = merged.at(-1)
      if (last && last.offset + last.bytes === gap.offset)
        merged[merged.length - 1] = { offset: last.offset, bytes: last.bytes + gap.bytes }
      else merged.push(gap)
    }
    this.#gaps = merged
  }

  /** An array over a block, valid as long as `buffer` stays the same. */
  floats({ offset, length }: Block): Float32Array {
    return new Float32Array(this.buffer, offset, length)
  }

  #grow(bytes: number): void {
    const missing = Math.ceil((bytes - this.buffer.byteLength) / PAGE_BYTES)
    if (missing <= 0) return
    try {
      this.memory.grow(missing)
    } catch (cause) {
      throw new CompileError(
        'OUT_OF_MEMORY',
        {
          subject: 'state',
          expected: `room for ${Math.ceil(bytes / 2 ** 20)} MiB of parameters, optimizer slots, gradients and inputs`,
          got: `a memory that ends at ${MOST_PAGES / 16} MiB or earlier`,
          advice: 'Use a smaller model or a smaller batch.',
        },
        { cause },
      )
    }
  }
}

function bytesOf(length: number): number {
  return Math.max(1, Math.ceil((length * Float32Array.BYTES_PER_ELEMENT) / ALIGNMENT)) * ALIGNMENT
}
