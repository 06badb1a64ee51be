import type { BatchGatherer } from '@hourglass/datasets'
import type { CompiledFunction, EngineState, TensorFunction } from './Engine.js'

/** Runs a function of `examples` on batches of a split, compiling it once for each batch size it meets. */
export class BatchedFunction {
  readonly #bySize = new Map<number, CompiledFunction>()

  constructor(
    private readonly state: EngineState,
    private readonly fn: TensorFunction,
    private readonly exampleSize: number,
  ) {}

  /** Compiles for batches of a size, unless that is done; run does the same where it has to. */
  async prepare(count: number): Promise<CompiledFunction> {
    return this.#bySize.get(count) ?? (await this.#compile(count))
  }

  /** Runs on the examples `indices[start]` to `indices[end - 1]` of a split. */
  async run(split: BatchGatherer, indices: Uint32Array, start: number, end: number): Promise<Readonly<Record<string, Float32Array>>> {
    const compiled = await this.prepare(end - start)
    return compiled.run({ examples: split.gather(indices, start, end) })
  }

  async dispose(): Promise<void> {
    for (const compiled of this.#bySize.values()) await compiled.dispose()
    this.#bySize.clear()
  }

  async #compile(count: number): Promise<CompiledFunction> {
    const shape = [count, this.exampleSize]
    const compiled = await this.state.compile(this.fn, { examples: { shape, dtype: 'float32' } })
    this.#bySize.set(count, compiled)
    return compiled
  }
}
