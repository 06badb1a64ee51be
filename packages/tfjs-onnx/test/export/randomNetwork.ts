import fc from 'fast-check'
import { tf } from '../eager.js'
import { uniformArray } from '../numbers.js'

/** One layer that fast-check draws: it maps [batch, …] to [batch, …]. */
type Layer = (x: tf.Tensor, weight: (shape: readonly number[]) => tf.Tensor) => tf.Tensor

const activations: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  relu: tf.relu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
  elu: tf.elu,
  softplus: tf.softplus,
  swish: (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x)),
}

const widthOf = (x: tf.Tensor) => x.shape.slice(1).reduce((product, size) => product * size, 1)
const flat = (x: tf.Tensor) => tf.reshape(x, [-1, widthOf(x)])

const layer: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({ width: fc.integer({ min: 1, max: 7 }), activation: fc.constantFrom(...Object.values(activations)) }).map(
    ({ width, activation }): Layer =>
      (x, weight) =>
        activation(tf.add(tf.matMul(flat(x), weight([widthOf(x), width])), weight([width]))),
  ),
  fc.constantFrom<Layer>(
    // Layer normalisation.
    (x) => {
      const { mean, variance } = tf.moments(flat(x), 1, true)
      return tf.div(tf.sub(flat(x), mean), tf.sqrt(tf.add(variance, 0.1)))
    },
    // A residual block.
    (x, weight) => tf.add(flat(x), tf.relu(tf.matMul(flat(x), weight([widthOf(x), widthOf(x)])))),
    (x) => tf.softmax(flat(x)),
    (x) => tf.concat([flat(x), tf.zeros([x.shape[0] ?? 0, 2]), tf.square(flat(x))], 1),
    (x) => tf.reshape(tf.tile(flat(x), [1, 2]), [x.shape[0] ?? 0, 2, widthOf(x)]),
    (x) => tf.mean(tf.expandDims(flat(x), 1), 1),
    (x) => tf.reverse(flat(x), 1),
    (x) => tf.slice(flat(x), [0, 0], [-1, Math.ceil(widthOf(x) / 2)]),
    (x) => tf.where(tf.greater(flat(x), 0), flat(x), tf.mul(flat(x), 0.1)),
    // Each example over the sum of all of its magnitudes.
    (x) => tf.div(flat(x), tf.add(tf.sum(tf.abs(flat(x)), 1, true), 1)),
  ),
)

export interface RandomNetwork {
  readonly width: number
  readonly layers: readonly Layer[]
  readonly batch: number
}

/** Draws networks of up to six layers, with the size of a batch to run them on. */
export const randomNetworks: fc.Arbitrary<RandomNetwork> = fc.record({
  width: fc.integer({ min: 1, max: 6 }),
  layers: fc.array(layer, { minLength: 1, maxLength: 6 }),
  batch: fc.integer({ min: 1, max: 9 }),
})

/** Applies the layers; weights are made when a layer first asks for one and are the same ones from then on. */
export class NetworkWeights {
  readonly variables: Record<string, tf.Variable> = {}

  apply({ layers }: RandomNetwork, x: tf.Tensor): tf.Tensor {
    let count = 0
    const weight = (shape: readonly number[]) => {
      const name = `weight/${count++}`
      const size = shape.reduce((product, each) => product * each, 1)
      this.variables[name] ??= tf.keep(tf.variable(tf.tensor(uniformArray(count, size), [...shape])))
      return this.variables[name]
    }
    return layers.reduce((values, each) => each(values, weight), x)
  }
}
