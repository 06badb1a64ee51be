import { BatchGatherer, type Split } from '@hourglass/datasets'
import { dispose, matMul, square, sub, sum, type Tensor, type Tensor2D, tidy, variable, zeros } from '@tensorflow/tfjs-core'
import { BatchedFunction } from '../engines/BatchedFunction.js'
import type { Engine, EngineState, TensorFunction } from '../engines/Engine.js'
import { activateCpuBackend } from '../tensors/cpuBackend.js'

const BATCH = 1000

/** The matrix products of PCA over whole splits: batches in float32 on an engine, sums over batches in float64. */
export class PcaWorkspace {
  readonly #variables: Readonly<Record<'mean' | 'components', ReturnType<typeof variable>>>
  readonly #state: EngineState
  readonly #scatter: BatchedFunction
  readonly #energies: BatchedFunction

  constructor(
    engine: Engine,
    private readonly size: number,
  ) {
    activateCpuBackend()
    const mean = tidy(() => variable(zeros([size]), false))
    const components = tidy(() => variable(zeros([size, size]), false))
    const centre = (examples: Tensor | undefined) => sub(examples as Tensor2D, mean) as Tensor2D // [batch, size]
    this.#variables = { mean, components }
    this.#state = engine.createState(this.#variables)
    const define = (fn: TensorFunction) => new BatchedFunction({ state: this.#state, fn, widths: { examples: size } })
    this.#scatter = define(({ examples }) => ({ result: matMul(centre(examples), centre(examples), true, false) })) // [size, size]
    this.#energies = define(({ examples }) => ({
      result: sum(square(matMul(centre(examples), components as Tensor as Tensor2D, false, true)), 0), // [component]
    }))
  }

  /** Compiles what the scatter matrix of a split needs, so that its time is that of its arithmetic. */
  async prepare({ count }: Split): Promise<void> {
    for (const batch of new Set([Math.min(BATCH, count), count % BATCH || Math.min(BATCH, count)])) await this.#scatter.prepare(batch)
  }

  /** Computes Σ (x − mean)(x − mean)ᵀ over a split, [size, size]. */
  scatterMatrix(split: Split, mean: Float64Array): Promise<Float64Array> {
    this.#restore(mean, new Float64Array(this.size * this.size))
    return this.#accumulate(this.#scatter, split)
  }

  /** Computes Σ (component · (x − mean))² over a split for each component, [component]. */
  projectionEnergies(split: Split, { mean, components }: { mean: Float64Array; components: Float64Array }): Promise<Float64Array> {
    this.#restore(mean, components)
    return this.#accumulate(this.#energies, split)
  }

  async dispose(): Promise<void> {
    await this.#scatter.dispose()
    await this.#energies.dispose()
    activateCpuBackend()
    dispose({ ...this.#variables })
  }

  #restore(mean: Float64Array, components: Float64Array): void {
    this.#state.restore({
      mean: { shape: [this.size], values: Float32Array.from(mean) },
      components: { shape: [this.size, this.size], values: Float32Array.from(components) },
    })
  }

  async #accumulate(batched: BatchedFunction, split: Split): Promise<Float64Array> {
    const indices = Uint32Array.from({ length: split.count }, (_, index) => index)
    const gatherer = new BatchGatherer({ split, batchSize: Math.min(BATCH, split.count) })
    const batches = { gather: (start: number, end: number) => ({ examples: gatherer.gather(indices, start, end) }) }
    let total: Float64Array | undefined
    for (let start = 0; start < split.count; start += BATCH) {
      const { result = new Float32Array() } = await batched.run(batches, start, Math.min(start + BATCH, split.count))
      total ??= new Float64Array(result.length)
      for (let index = 0; index < result.length; index++) total[index] = (total[index] ?? 0) + (result[index] ?? 0)
    }
    return total ?? new Float64Array()
  }
}
