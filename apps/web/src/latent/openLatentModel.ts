import type { ArchitectureConfig } from '@hourglass/autoencoders'
import { loadTensors } from '../files/loadTensors'

/** A trained autoencoder in this browser. */
export interface LatentModel {
  /** Address of the checkpoint it was opened from. */
  readonly url: string
  /** Decodes `count` codes, row-major `[count, latent]`, to `[count, values of one example]`. */
  decode(codes: Float32Array, count: number): Float32Array
  /** Encodes `count` examples, `[count, values of one example]`, to `[count, latent]`; null where the model was disposed of meanwhile. */
  encode(values: Float32Array, count: number): Promise<Float32Array | null>
  dispose(): void
}

export interface LatentModelSource {
  readonly architecture: ArchitectureConfig
  readonly exampleShape: readonly number[]
  readonly url: string
}

/** Opens a checkpoint for decoding. The engine is loaded only now, the encoder only when it is first used. */
export async function openLatentModel({ architecture, exampleShape, url }: LatentModelSource, signal: AbortSignal): Promise<LatentModel> {
  const [parameters, { createDecoder, createEncoder }] = await Promise.all([loadTensors(url, signal), import('@hourglass/autoencoders')])
  const options = { config: architecture, exampleShape, parameters }
  const decoder = await createDecoder(options)
  let encoder: ReturnType<typeof createEncoder> | null = null
  let disposed = false
  return {
    url,
    decode: (codes, count) => decoder.decode(codes, count),
    async encode(values, count) {
      if (disposed) return null
      encoder ??= createEncoder(options).catch((error) => {
        encoder = null
        throw error
      })
      const opened = await encoder
      return disposed ? null : opened.encode(values, count)
    },
    dispose() {
      disposed = true
      decoder.dispose()
      // Whoever asked to encode has heard of an encoder that could not be opened.
      encoder?.then(
        (opened) => opened.dispose(),
        () => undefined,
      )
    },
  }
}
