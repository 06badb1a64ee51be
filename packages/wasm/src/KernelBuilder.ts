import { type Bytes, control, f32x4, f64x2, i32, i32x4, local } from './instructions.js'
import { ModuleBuilder } from './ModuleBuilder.js'

/** Builds a module whose `run(address, end)` loops over memory; constants are made once, before the loop. */
export class KernelBuilder {
  readonly #module = new ModuleBuilder(2)
  readonly #prologue: Bytes[] = []
  readonly #body: Bytes[] = []
  readonly #constants = new Map<string, number>()

  /** Where the iteration works: the first parameter, which each iteration moves on. */
  readonly address: Bytes = local.get(0)

  emit(...parts: readonly Bytes[]): void {
    this.#body.push(...parts)
  }

  /** Declares a vector. */
  vector(): number {
    return this.#module.local('v128')
  }

  /** Takes the vector on the stack into a new local variable. */
  keep(): number {
    const index = this.vector()
    this.emit(local.set(index))
    return index
  }

  /** Declares a vector that `initial` leaves on the stack before the loop. */
  before(...initial: readonly Bytes[]): number {
    const index = this.vector()
    this.#prologue.push(...initial, local.set(index))
    return index
  }

  /** Pushes four equal floats. */
  f32(value: number): Bytes {
    return this.#constant(`f32 ${Object.is(value, -0) ? '-0' : value}`, f32x4.splatConstant(value))
  }

  /** Pushes four equal integers. */
  i32(value: number): Bytes {
    return this.#constant(`i32 ${value}`, i32x4.splatConstant(value))
  }

  /** Pushes two equal float64. */
  f64(value: number): Bytes {
    return this.#constant(`f64 ${Object.is(value, -0) ? '-0' : value}`, f64x2.splatConstant(value))
  }

  /** Encodes the loop: the body, then `stride` bytes on, until the address is at the end. */
  encode(stride: number): Uint8Array<ArrayBuffer> {
    const [address, end] = [0, 1]
    this.#module.emit(...this.#prologue, control.loop, ...this.#body)
    this.#module.emit(local.get(address), i32.constant(stride), i32.add, local.tee(address))
    this.#module.emit(local.get(end), i32.lessThan, control.repeatIf, control.end)
    return this.#module.encode()
  }

  #constant(key: string, bytes: Bytes): Bytes {
    const index = this.#constants.get(key) ?? this.before(bytes)
    this.#constants.set(key, index)
    return local.get(index)
  }
}
