import type { SymbolicInputs } from '../../src/index.js'
import { tf } from '../eager.js'

export interface ExportCase {
  readonly what: string
  readonly inputs: SymbolicInputs
  /** Shapes of the weights that the function reads. @default none */
  readonly weights?: Readonly<Record<string, readonly number[]>>
  readonly fn: (
    inputs: Readonly<Record<'x' | 'y', tf.Tensor>>,
    weights: Readonly<Record<'kernel' | 'bias' | 'out', tf.Tensor>>,
  ) => Record<string, tf.Tensor>
  /** What the model says of its outputs’ shapes. */
  readonly outputs: Readonly<Record<string, readonly (number | string | null)[]>>
}

const rows = (...shape: number[]) => ({ shape: ['batch', ...shape], dtype: 'float32' }) as const
const rowsOf = (tensor: tf.Tensor) => tensor.shape[0] ?? 0

/** Functions whose exported models must compute what tfjs computes, for any size of their named dimensions. */
export const exportCases: readonly ExportCase[] = [
  {
    what: 'a dense layer',
    inputs: { x: rows(6) },
    weights: { kernel: [6, 5], bias: [5] },
    fn: ({ x }, { kernel, bias }) => ({ codes: tf.relu(tf.add(tf.matMul(x, kernel), bias)) }),
    outputs: { codes: ['batch', 5] },
  },
  {
    what: 'a fused dense layer of transposed weights',
    inputs: { x: rows(6) },
    weights: { kernel: [5, 6], bias: [5] },
    fn: ({ x }, { kernel, bias }) => ({
      y: tf.fused.matMul({ a: x as tf.Tensor2D, b: kernel as tf.Tensor2D, bias, transposeB: true, activation: 'sigmoid' }),
    }),
    outputs: { y: ['batch', 5] },
  },
  {
    what: 'outputs that are inputs, weights, constants or one another',
    inputs: { x: rows(2) },
    weights: { kernel: [2, 3] },
    fn: ({ x }, { kernel }) => {
      const negative = tf.neg(x)
      return { same: x, table: kernel, fixed: tf.tensor1d([1, 2]), negative, again: negative }
    },
    outputs: { same: ['batch', 2], table: [2, 3], fixed: [2], negative: ['batch', 2], again: ['batch', 2] },
  },
  {
    what: 'the middle of an image',
    inputs: { x: rows(12) },
    fn: ({ x }) => ({ y: tf.slice(tf.reshape(x, [-1, 4, 3]), [0, 1, 1], [-1, 2, 2]) }),
    outputs: { y: ['batch', 2, 2] },
  },
  {
    what: 'all rows of all examples in one product',
    inputs: { x: rows(3, 4) },
    weights: { kernel: [4, 5] },
    fn: ({ x }, { kernel }) => {
      const product = tf.matMul(tf.reshape(x, [rowsOf(x) * 3, 4]), kernel)
      return { product, y: tf.reshape(product, [rowsOf(x), 3, 5]) }
    },
    outputs: { product: ['3*batch', 5], y: ['batch', 3, 5] },
  },
  {
    what: 'rows beside constants of as many rows',
    inputs: { x: rows(2) },
    weights: { bias: [3] },
    fn: ({ x }, { bias }) => ({
      y: tf.concat([x, tf.fill([rowsOf(x), 2], 0.5), tf.broadcastTo(bias, [rowsOf(x), 3]), tf.onesLike(x)], 1),
    }),
    outputs: { y: ['batch', 9] },
  },
  {
    what: 'more rows, and fewer',
    inputs: { x: rows(2) },
    fn: ({ x }) => ({
      twice: tf.tile(x, [2, 1]),
      padded: tf.pad(x as tf.Tensor2D, [
        [1, 2],
        [0, 1],
      ]),
      fewer: tf.slice(tf.concat([x, x], 0), [1, 0], [rowsOf(x) * 2 - 1, 2]),
      reversed: tf.reverse(x, 0),
    }),
    outputs: { twice: ['2*batch', 2], padded: ['batch+3', 3], fewer: ['2*batch-1', 2], reversed: ['batch', 2] },
  },
  {
    what: 'reductions over rows, columns and everything',
    inputs: { x: rows(4) },
    fn: ({ x }) => ({
      mean: tf.mean(x, 0),
      means: tf.mean(x, 1, true),
      largest: tf.max(x),
      smallest: tf.min(x, 1),
      product: tf.prod(x, 1),
      sum: tf.sum(x, [0, 1]),
      running: tf.cumsum(x, 1),
      where: tf.cast(tf.argMax(x, 1), 'float32'),
    }),
    outputs: {
      mean: [4],
      means: ['batch', 1],
      largest: [],
      smallest: ['batch'],
      product: ['batch'],
      sum: [],
      running: ['batch', 4],
      where: ['batch'],
    },
  },
  {
    what: 'activations',
    inputs: { x: rows(4) },
    weights: { bias: [4] },
    fn: ({ x }, { bias }) => ({
      elu: tf.elu(x),
      leaky: tf.leakyRelu(x, 0.3),
      parametric: tf.prelu(x, bias),
      selu: tf.selu(x),
      softplus: tf.softplus(x),
      tanh: tf.tanh(x),
      soft: tf.softmax(x),
      logSoft: tf.logSoftmax(x),
      gelu: tf.mul(x, tf.add(0.5, tf.mul(0.5, tf.erf(tf.div(x, Math.SQRT2))))),
      chosen: tf.where(tf.greaterEqual(x, 0), tf.pow(tf.abs(x), 1.5), tf.square(x)),
      step: tf.step(x, 0.1),
    }),
    outputs: Object.fromEntries(
      ['elu', 'leaky', 'parametric', 'selu', 'softplus', 'tanh', 'soft', 'logSoft', 'gelu', 'chosen', 'step'].map((name) => [
        name,
        ['batch', 4],
      ]),
    ),
  },
  {
    what: 'a code drawn from noise that is an input',
    inputs: { x: rows(6), y: rows(2) },
    weights: { kernel: [6, 4], out: [2, 6] },
    fn: ({ x, y }, { kernel, out }) => {
      const [mean = x, logVariance = x] = tf.split(tf.matMul(x, kernel), 2, 1)
      const z = tf.add(mean, tf.mul(tf.exp(tf.div(logVariance, 2)), y))
      return { z, reconstructions: tf.sigmoid(tf.matMul(z, out)) }
    },
    outputs: { z: ['batch', 2], reconstructions: ['batch', 6] },
  },
  {
    what: 'two named dimensions',
    inputs: { x: { shape: ['batch', 'steps', 4], dtype: 'float32' } },
    weights: { kernel: [4, 5] },
    fn: ({ x }, { kernel }) => {
      const [batch = 0, steps = 0] = x.shape
      const flat = tf.matMul(tf.reshape(x, [-1, 4]), kernel)
      return { flat, y: tf.reshape(flat, [batch, steps, 5]), means: tf.mean(x, 1), filled: tf.concat([x, tf.zeros([batch, steps, 1])], 2) }
    },
    outputs: { flat: [null, 5], y: ['batch', 'steps', 5], means: ['batch', 4], filled: ['batch', 'steps', 5] },
  },
  {
    what: 'columns taken apart and put together',
    inputs: { x: rows(4) },
    fn: ({ x }) => {
      const columns = tf.unstack(x, 1)
      return { y: tf.stack(columns.toReversed(), 1), z: tf.gather(x, tf.tensor1d([3, 0], 'int32'), 1), t: tf.transpose(x) }
    },
    outputs: { y: ['batch', 4], z: ['batch', 2], t: [4, 'batch'] },
  },
  {
    what: 'a convolutional encoder and its decoder',
    inputs: { x: rows(64) },
    weights: { kernel: [3, 3, 1, 4], bias: [4], out: [3, 3, 1, 4] },
    fn: ({ x }, { kernel, bias, out }) => {
      const pixels = tf.reshape(x, [-1, 8, 8, 1]) as tf.Tensor4D
      const codes = tf.relu(tf.add(tf.conv2d(pixels, kernel as tf.Tensor4D, 2, 'same'), bias)) as tf.Tensor4D
      const back = tf.conv2dTranspose(codes, out as tf.Tensor4D, [rowsOf(x), 8, 8, 1], 2, 'same')
      return { codes, reconstructions: tf.reshape(tf.sigmoid(back), [-1, 64]) }
    },
    outputs: { codes: ['batch', 4, 4, 4], reconstructions: ['batch', 64] },
  },
  {
    what: 'pooling, resizing, normalising and depthwise convolution of images',
    inputs: { x: rows(8, 8, 2) },
    weights: { kernel: [3, 3, 2, 2], bias: [2] },
    fn: ({ x }, { kernel, bias }) => {
      const images = x as tf.Tensor4D
      const { mean, variance } = tf.moments(images, [1, 2], true)
      return {
        largest: tf.maxPool(images, 2, 2, 'same'),
        average: tf.avgPool(images, 3, 1, 'same'),
        larger: tf.image.resizeNearestNeighbor(images, [16, 16]),
        smooth: tf.image.resizeBilinear(images, [12, 12]),
        depthwise: tf.depthwiseConv2d(images, kernel as tf.Tensor4D, 1, 'same'),
        normal: tf.add(tf.div(tf.sub(images, mean), tf.sqrt(tf.add(variance, 0.1))), bias),
        whole: tf.mean(images, [1, 2]),
        packed: tf.depthToSpace(tf.concat([images, images], 3), 2, 'NHWC'),
      }
    },
    outputs: {
      largest: ['batch', 4, 4, 2],
      average: ['batch', 8, 8, 2],
      larger: ['batch', 16, 16, 2],
      smooth: ['batch', 12, 12, 2],
      depthwise: ['batch', 8, 8, 4],
      normal: ['batch', 8, 8, 2],
      whole: ['batch', 2],
      packed: ['batch', 16, 16, 1],
    },
  },
  {
    what: 'no named dimension',
    inputs: { x: { shape: [3, 4], dtype: 'float32' } },
    weights: { kernel: [4, 2] },
    fn: ({ x }, { kernel }) => ({ y: tf.mean(tf.matMul(x, kernel), 1) }),
    outputs: { y: [3] },
  },
]
