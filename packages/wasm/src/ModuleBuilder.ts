import { type Bytes, control, unsigned, valueTypes } from './instructions.js'

type ValueType = keyof typeof valueTypes

export interface ImportedSignature {
  readonly name: string
  /** How many float64 it takes; it returns one. */
  readonly parameters: number
}

export interface ModuleOptions {
  /** Whether the memory is one that several threads work on. @default false */
  readonly isShared?: boolean
}

/** The most pages of 64 KiB that a memory can have: 4 GiB. */
const MOST_PAGES = 65_536

/** Builds a WebAssembly module with one function, `run`, over the memory that it imports as `host.memory`. It returns nothing. */
export class ModuleBuilder {
  readonly #imports: ImportedSignature[] = []
  readonly #locals: ValueType[] = []
  readonly #code: number[] = []

  /** `parameters` counts the 32-bit integers that `run` takes: they are the first local variables. */
  constructor(private readonly parameters = 0) {}

  /** Declares a local variable and returns its index. */
  local(type: ValueType): number {
    return this.parameters + this.#locals.push(type) - 1
  }

  /** Returns the index of an imported function of float64, to be called by it. */
  import(signature: ImportedSignature): number {
    const found = this.#imports.findIndex(({ name }) => name === signature.name)
    return found < 0 ? this.#imports.push(signature) - 1 : found
  }

  emit(...parts: readonly Bytes[]): void {
    for (const part of parts) for (const byte of part) this.#code.push(byte)
  }

  encode({ isShared = false }: ModuleOptions = {}): Uint8Array<ArrayBuffer> {
    const { f64, i32 } = valueTypes
    const repeat = (type: number, count: number) => vector(Array.from({ length: count }, () => [type]))
    const run = this.#imports.length
    const signatures = [
      ...this.#imports.map(({ parameters }) => [0x60, ...repeat(f64, parameters), ...repeat(f64, 1)]),
      [0x60, ...repeat(i32, this.parameters), ...vector([])],
    ]
    // A memory that threads share must say its maximum, and whoever imports it a maximum that is no smaller.
    const limits = isShared ? [0x03, ...unsigned(0), ...unsigned(MOST_PAGES)] : [0x00, ...unsigned(0)]
    const memory = [...text('host'), ...text('memory'), 0x02, ...limits]
    const functions = this.#imports.map(({ name }, index) => [...text('host'), ...text(name), 0x00, ...unsigned(index)])
    const body = [...vector(this.#locals.map((type) => [1, valueTypes[type]])), ...this.#code, ...control.end]
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, vector(signatures)),
      ...section(2, vector([memory, ...functions])),
      ...section(3, vector([unsigned(run)])),
      ...section(7, vector([[...text('run'), 0x00, ...unsigned(run)]])),
      ...section(10, vector([[...unsigned(body.length), ...body]])),
    ])
  }
}

function section(id: number, content: Bytes): Bytes {
  return [id, ...unsigned(content.length), ...content]
}

function vector(items: readonly Bytes[]): Bytes {
  return [...unsigned(items.length), ...items.flat()]
}

function text(value: string): Bytes {
  const bytes = new TextEncoder().encode(value)
  return [...unsigned(bytes.length), ...bytes]
}
