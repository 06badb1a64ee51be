import { gatherExamples, type Split } from '@hourglass/datasets'
import type { CompiledFunction, EngineState, TensorFunction } from './Engine.js'

interface BatchOfSize {
  readonly compiled: CompiledFunction
  /** [batch, values of one example], refilled for every run. */
  readonly examples: Float32Array
}

/** Runs a function of `examples` on batches of a split, compiling it once for each batch size it meets. */
export class BatchedFunction {
  readonly #bySize = new Map<number, BatchOfSize>()

  constructor(
    private readonly state: EngineState,
    private readonly fn: TensorFunction,
    private readonly exampleSize: number,
  ) {}

  /** Compiles for batches of a size, unless that is done; run does the same where it has to. */
  async prepare(count: number): Promise<BatchOfSize> {
    return this.#bySize.get(count) ?? (await this.#compile(count))
  }

  /** Runs on the examples `indices[start]` to `indices[end - 1]`. */
  async run(split: Split, indices: Uint32Array, start: number, end: number): Promise<Readonly<Record<string, Float32Array>>> {
    const { compiled, examples } = await this.prepare(end - start)
    gatherExamples(split, indices, start, end, examples)
    return compiled.run({ examples })
  }

  async dispose(): Promise<void> {
    for (const { compiled } of this.#bySize.values()) await compiled.dispose()
    this.#bySize.clear()
  }

  async #compile(count: number): Promise<BatchOfSize> {
    const shape = [count, this.exampleSize]
    const compiled = await this.state.compile(this.fn, { examples: { shape, dtype: 'float32' } })
    const batch = { compiled, examples: new Float32Array(count * this.exampleSize) }
    this.#bySize.set(count, batch)
    return batch
  }
}
