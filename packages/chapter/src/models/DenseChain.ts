/** How a layer bends its sums. */
export type Bend = 'linear' | 'relu' | 'sigmoid' | 'tanh'

export interface DenseLayer {
  readonly inputs: number
  readonly outputs: number
  readonly activation: Bend
  /** [inputs, outputs], row by row. */
  readonly kernel: Float32Array
  /** [outputs]. */
  readonly bias: Float32Array
}

/** A value of a chain, and how fast it changes along the direction that its input is moved in. */
export interface Moved {
  readonly value: Float32Array
  readonly change: Float32Array
}

interface Activation {
  readonly value: (sum: number) => number
  /** Its slope, of its sum and its value, whichever is simpler; 0 where ReLU has none. */
  readonly slope: (sum: number, value: number) => number
}

const activations: Readonly<Record<Bend, Activation>> = {
  linear: { value: (sum) => sum, slope: () => 1 },
  relu: { value: (sum) => Math.max(0, sum), slope: (sum) => (sum > 0 ? 1 : 0) },
  sigmoid: { value: (sum) => 1 / (1 + Math.exp(-sum)), slope: (_, value) => value * (1 - value) },
  tanh: { value: Math.tanh, slope: (_, value) => 1 - value * value },
}

/** Computes what fully connected layers make of one example: small enough for every frame of a page, and without a tensor library. */
export class DenseChain {
  readonly #layers: readonly DenseLayer[]

  /** Throws TypeError where a layer does not take what the one before it gives, or has other weights than it says. */
  constructor(layers: readonly DenseLayer[]) {
    for (const [index, { inputs, outputs, kernel, bias }] of layers.entries()) {
      const given = layers[index - 1]?.outputs ?? inputs
      if (given !== inputs) throw new TypeError(`layer ${index}: expected ${given} inputs, got ${inputs}`)
      if (kernel.length !== inputs * outputs || bias.length !== outputs) {
        throw new TypeError(
          `layer ${index}: expected ${inputs} × ${outputs} weights and ${outputs} biases, got ${kernel.length} and ${bias.length}`,
        )
      }
    }
    this.#layers = layers
  }

  /** What comes out for an example [inputs of the first layer]: [outputs of the last one]. */
  run(example: ArrayLike<number>): Float32Array {
    let value = Float32Array.from(example)
    for (const layer of this.#layers) {
      const bend = activations[layer.activation].value
      value = sums(layer, value, layer.bias).map((sum) => bend(sum))
    }
    return value
  }

  /** What comes out, and its derivative along a direction of the input: one column of the Jacobian, or a mixture of them. */
  push(example: ArrayLike<number>, direction: ArrayLike<number>): Moved {
    let [value, change] = [Float32Array.from(example), Float32Array.from(direction)]
    for (const layer of this.#layers) {
      const { value: bend, slope } = activations[layer.activation]
      const before = sums(layer, value, layer.bias)
      const moved = sums(layer, change, null)
      value = before.map((sum) => bend(sum))
      change = moved.map((sum, index) => sum * slope(before[index] ?? 0, value[index] ?? 0))
    }
    return { value, change }
  }
}

function sums({ inputs, outputs, kernel }: DenseLayer, value: Float32Array, bias: Float32Array | null): Float32Array<ArrayBuffer> {
  const result = bias ? Float32Array.from(bias) : new Float32Array(outputs)
  for (let input = 0; input < inputs; input++) {
    const factor = value[input] ?? 0
    if (factor === 0) continue
    const row = input * outputs
    for (let output = 0; output < outputs; output++) result[output] = (result[output] ?? 0) + factor * (kernel[row + output] ?? 0)
  }
  return result
}
