/** A trained autoencoder that answers later, wherever it computes. An aborted signal makes it reject with the signal's reason. */
export interface LatentModel {
  /** Decodes codes `[count, latent dimension]` to `[count, values of one example]`. */
  decode(codes: Float32Array, count: number, signal?: AbortSignal): Promise<Float32Array>
  /** Encodes examples `[count, values of one example]` to codes `[count, latent dimension]`. */
  encode(examples: Float32Array, count: number, signal?: AbortSignal): Promise<Float32Array>
}

/** Encodes and decodes examples x `[count, values of one example]`: r(x) = g(f(x)), of the same shape. */
export async function reconstruct(
  model: LatentModel,
  { examples, count, signal }: { examples: Float32Array; count: number; signal?: AbortSignal },
): Promise<Float32Array> {
  return model.decode(await model.encode(examples, count, signal), count, signal)
}
