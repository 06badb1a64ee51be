/** Describes one trainable tensor before it has values. */
export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  /** Weights are drawn by the architecture's initializer, biases start at zero. */
  readonly role: 'weight' | 'bias'
  /** Number of inputs that one unit of the layer sums over. */
  readonly fanIn: number
  /** Number of units that one input of the layer reaches. */
  readonly fanOut: number
}
