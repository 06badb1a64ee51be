export interface CodeSnapshot {
  /** Codes of the first test examples, at most 2000, [n, latent dimension]. */
  readonly values: Float32Array
  /** Class of each of them. */
  readonly labels: Uint8Array
  /** Codes of the first training examples, at most 1000, [n, latent dimension], with the class of each; null for codes of more than 256 units. */
  readonly training: { readonly values: Float32Array; readonly labels: Uint8Array } | null
  /** Distribution of each code dimension over these test examples; over all of them where none are held out for validation. */
  readonly dimensions: readonly CodeDimension[]
  /** Divergence of each dimension from the prior in nats, the mean over the same; null unless the encoder is variational. */
  readonly divergences: Float64Array | null
}

export interface CodeDimension {
  readonly index: number
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  readonly standardDeviation: number
}
