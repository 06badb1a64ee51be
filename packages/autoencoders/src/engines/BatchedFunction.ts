import type { CompiledFunction, EngineState, TensorFunction } from './Engine.js'

/** Gives the inputs of a function for the examples at the positions from `start` to `end - 1`, each [end - start, its width]. */
export interface BatchInputs {
  gather(start: number, end: number): Readonly<Record<string, Float32Array>>
}

export interface BatchedFunctionOptions {
  readonly state: EngineState
  readonly fn: TensorFunction
  /** Values of one example in each input. */
  readonly widths: Readonly<Record<string, number>>
}

/** Runs a function of batches, compiling it once for each batch size it meets. */
export class BatchedFunction {
  readonly #bySize = new Map<number, CompiledFunction>()
  readonly #options: BatchedFunctionOptions

  constructor(options: BatchedFunctionOptions) {
    this.#options = options
  }

  /** Compiles for batches of a size, unless that is done; run does the same where it has to. */
  async prepare(count: number): Promise<CompiledFunction> {
    return this.#bySize.get(count) ?? (await this.#compile(count))
  }

  /** Runs on the examples at the positions from `start` to `end - 1`. */
  async run(inputs: BatchInputs, start: number, end: number): Promise<Readonly<Record<string, Float32Array>>> {
    const compiled = await this.prepare(end - start)
    return compiled.run(inputs.gather(start, end))
  }

  async dispose(): Promise<void> {
    for (const compiled of this.#bySize.values()) await compiled.dispose()
    this.#bySize.clear()
  }

  async #compile(count: number): Promise<CompiledFunction> {
    const { state, fn, widths } = this.#options
    const inputs = Object.entries(widths).map(([name, width]) => [name, { shape: [count, width], dtype: 'float32' }] as const)
    const compiled = await state.compile(fn, Object.fromEntries(inputs))
    this.#bySize.set(count, compiled)
    return compiled
  }
}
