/** What turns examples into codes and back: an autoencoder, or PCA. */
export interface ExampleCodec {
  readonly exampleSize: number
  readonly latentDimension: number
  /** Maps examples [n, size] to codes [n, latent dimension]. */
  encode(examples: Float32Array): Promise<Float32Array>
  /** Maps codes to reconstructions [n, size]. */
  decode(codes: Float32Array): Promise<Float32Array>
}
