import { countMultiplications, createModel, type Model, type NamedTensors } from '@hourglass/autoencoders'
import type { LatentModelSource } from './modelProtocol'

/**
 * Of encoding and decoding together. One of both, which is about half, takes plain JavaScript less than a millisecond: no frame is late for it, while an
 * answer from the worker is.
 */
const MOST_MULTIPLICATIONS = 1_000_000

/**
 * A small model in the page itself, so that what somebody moves by hand is drawn in the very next frame. It is loaded when it is first asked for, with
 * TensorFlow.js, which no page needs before; where it cannot be loaded, it is never ready.
 */
export class PageModel {
  readonly #source: LatentModelSource
  readonly #readParameters: () => Promise<NamedTensors>
  readonly #multiplications: number
  #model: Model | null = null
  #isAskedFor = false
  #isDisposed = false

  constructor(source: LatentModelSource, readParameters: () => Promise<NamedTensors>) {
    this.#source = source
    this.#readParameters = readParameters
    this.#multiplications = countMultiplications(source.architecture, source.exampleShape)
  }

  /** Gives the model to compute so many examples with; null where they are too many for the thread that draws, and as long as it is not loaded. */
  readyFor(count: number): Model | null {
    if (count * this.#multiplications > MOST_MULTIPLICATIONS) return null
    if (!this.#isAskedFor) void this.#load()
    return this.#model
  }

  dispose(): void {
    this.#isDisposed = true
    this.#model?.dispose()
    this.#model = null
  }

  async #load(): Promise<void> {
    this.#isAskedFor = true
    const { architecture: config, exampleShape } = this.#source
    try {
      const model = await createModel({ config, exampleShape, parameters: await this.#readParameters() })
      if (this.#isDisposed) model.dispose()
      else this.#model = model
    } catch {
      // The worker answers then, as it does of large models.
    }
  }
}
