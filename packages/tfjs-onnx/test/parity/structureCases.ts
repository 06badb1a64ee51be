import type { Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { tf } from '../eager.js'
import { permutedShapes, products, shapes, shapesWithAxes } from './arbitraries.js'
import { type ParityCase, type ShapedCase, shaped } from './ParityCase.js'

type Call = (x: Tensor) => Tensor

export const of = (kernel: string, call: Call, options: Partial<ShapedCase> = {}): ParityCase =>
  shaped({ kernel, call, inputs: (shape) => [{ shape }], ...options })

const ofIntegers = (kernel: string, call: Call): ParityCase =>
  of(kernel, call, { title: 'of int32', gradient: false, inputs: (shape) => [{ shape, dtype: 'int32' }] })

const ofBool = (kernel: string, call: Call): ParityCase =>
  of(kernel, call, { title: 'of bool', gradient: false, inputs: (shape) => [{ shape, dtype: 'bool' }] })

const last = ({ shape }: Tensor) => shape[shape.length - 1] ?? 1

type Reduce = (x: Tensor, axis?: number | number[], keepDims?: boolean) => Tensor

const reductions = (kernel: string, call: Reduce, gradient = true): ParityCase[] => [
  of(kernel, (x) => call(x), { gradient }),
  {
    kernel,
    title: 'over some axes',
    gradient,
    example: fc.tuple(shapesWithAxes, fc.boolean()).map(([[shape, axes], keepDims]) => ({
      inputs: [{ shape }],
      call: (x) => call(x as Tensor, axes, keepDims),
    })),
  },
  ofIntegers(kernel, (x) => call(x, 0)),
]

/** Calls that take one axis, counted from the front. */
const overAxis = (kernel: string, call: (x: Tensor, axis: number) => Tensor, options: Partial<ParityCase> = {}): ParityCase => ({
  kernel,
  title: 'over one axis',
  example: shapesWithAxes.map(([shape, [axis = 0]]) => ({
    inputs: [{ shape }],
    call: (x) => call(x as Tensor, (axis + shape.length) % shape.length),
  })),
  ...options,
})

interface MatrixSizes {
  readonly rows: number
  readonly inner: number
  readonly columns: number
  readonly transposeA: boolean
  readonly transposeB: boolean
}

const matrices = ({ rows, inner, columns, transposeA, transposeB }: MatrixSizes, batches: readonly (readonly number[])[] = [[], []]) => [
  { shape: [...(batches[0] ?? []), ...(transposeA ? [inner, rows] : [rows, inner])] },
  { shape: [...(batches[1] ?? []), ...(transposeB ? [columns, inner] : [inner, columns])] },
]

const product = (title: string, batches: readonly (readonly number[])[], gradient = true): ParityCase => ({
  kernel: 'BatchMatMul',
  title,
  gradient,
  example: products.map((sizes) => ({
    inputs: matrices(sizes, batches),
    call: (a, b) => tf.matMul(a as Tensor, b as Tensor, sizes.transposeA, sizes.transposeB),
  })),
})

type Activation = 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid' | 'leakyrelu' | 'prelu'
export const activations: readonly Activation[] = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu']

/** Gradients of fused kernels exist where tfjs can tell the derivative from the output alone. */
const fused = (activation: Activation, options: { batch?: readonly number[]; gradient?: boolean } = {}): ParityCase => ({
  kernel: '_FusedMatMul',
  title: `${activation}${options.batch ? ' in batches' : ''}`,
  gradient: options.gradient ?? (activation === 'linear' || activation === 'relu'),
  example: products.map((sizes) => ({
    inputs: [...matrices(sizes, [options.batch ?? [], options.batch ?? []]), { shape: [sizes.columns] }],
    call: (a, b, bias) =>
      tf.fused.matMul({
        a: a as Tensor,
        b: b as Tensor,
        transposeA: sizes.transposeA,
        transposeB: sizes.transposeB,
        bias: bias as Tensor,
        activation,
        ...(activation === 'prelu' && { preluActivationWeights: tf.linspace(-1, 1, sizes.columns) }),
        leakyreluAlpha: 0.1,
      }),
  })),
})

const einsum = (equation: string, terms: readonly string[]): ParityCase => ({
  kernel: 'Einsum',
  title: equation,
  gradient: false,
  example: fc
    .record({ i: fc.integer({ min: 1, max: 4 }), j: fc.integer({ min: 1, max: 4 }), k: fc.integer({ min: 1, max: 4 }) })
    .map((sizes) => ({
      inputs: terms.map((term) => ({ shape: [...term].map((letter) => sizes[letter as keyof typeof sizes]) })),
      call: (...tensors) => tf.einsum(equation, ...tensors),
    })),
})

/** tfjs's gradient needs scale and offset. */
const batchNorm = (title: string, parameters: 2 | 4): ParityCase => ({
  kernel: 'FusedBatchNorm',
  title,
  gradient: parameters === 4,
  example: fc.tuple(shapes, fc.integer({ min: 1, max: 4 })).map(([[a = 1, b = 1, c = 1], channels]) => ({
    inputs: [
      { shape: [a, b, c, channels] },
      { shape: [channels] },
      { shape: [channels], range: [0.2, 2] as const },
      { shape: [channels] },
      { shape: [channels] },
    ].slice(0, 1 + parameters),
    call: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x as tf.Tensor4D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D | undefined,
        scale as tf.Tensor1D | undefined,
      ),
  })),
})

export const structureCases: readonly ParityCase[] = [
  ...reductions('Sum', tf.sum),
  ofBool('Sum', (x) => tf.sum(x, 0)),
  ...reductions('Mean', tf.mean),
  ...reductions('Max', tf.max),
  ...reductions('Min', tf.min),
  ...reductions('Prod', tf.prod, false),
  ofBool('All', (x) => tf.all(x)),
  ofBool('Any', (x) => tf.any(x, 0)),
  overAxis('ArgMax', tf.argMax, { gradient: false }),
  ofIntegers('ArgMax', (x) => tf.argMax(x, -1)),
  ofBool('ArgMax', (x) => tf.argMax(x, -1)),
  ofBool('ArgMin', (x) => tf.argMin(x, -1)),
  ofBool('Diag', (x) => tf.diag(tf.reshape(x, [-1]))),
  shaped({
    kernel: 'BatchMatMul',
    title: 'of int32',
    gradient: false,
    inputs: (shape) => [
      { shape: [2, shape.length], dtype: 'int32' },
      { shape: [3, shape.length], dtype: 'int32' },
    ],
    call: (...[a, b]) => tf.matMul(a as Tensor, b as Tensor, false, true),
  }),
  overAxis('ArgMin', tf.argMin, { gradient: false }),
  overAxis('Cumsum', (x, axis) => tf.cumsum(x, axis), { gradient: false }),
  of('Cumsum', (x) => tf.cumsum(x, x.rank - 1, true, true), { title: 'exclusive, reversed' }),
  overAxis('Cumprod', (x, axis) => tf.cumprod(x, axis), { gradient: false }),
  overAxis('Cumprod', (x, axis) => tf.cumprod(x, axis, true, false), { title: 'exclusive', gradient: false }),
  overAxis('Cumprod', (x, axis) => tf.cumprod(x, axis, true, true), { title: 'exclusive, reversed', gradient: false }),

  product('', [[], []]),
  product('in batches', [
    [2, 3],
    [2, 3],
  ]),
  product('in batches that broadcast', [[1], [5]], false),
  ...activations.map((activation) => fused(activation)),
  fused('elu', { batch: [2], gradient: false }),
  einsum('ij,jk->ik', ['ij', 'jk']),
  einsum('ij,ij->j', ['ij', 'ij']),
  einsum('i, j -> ij', ['i', 'j']),
  einsum('ijk->ki', ['ijk']),
  einsum('kij,kij->k', ['kij', 'kij']),
  {
    kernel: 'Transpose',
    example: permutedShapes.map(([shape, perm]) => ({ inputs: [{ shape }], call: (x) => tf.transpose(x as Tensor, perm) })),
  },
  of('Softmax', (x) => tf.softmax(x)),
  of('Max', (x) => tf.logSoftmax(x), { title: 'in logSoftmax', tolerance: 1e-6 }),
  batchNorm('', 4),
  batchNorm('without scale and offset', 2),

  of('Cast', (x) => tf.cast(x, 'int32'), { gradient: false }),
  of('Cast', (x) => tf.cast(tf.floor(x), 'bool'), { title: 'to bool', gradient: false }),
  ofIntegers('Cast', (x) => tf.cast(x, 'float32')),
  ofBool('Cast', (x) => tf.cast(x, 'int32')),
  of('Reshape', (x) => tf.reshape(x, [-1, last(x)])),
  of('Reshape', (x) => tf.squeeze(tf.reshape(x, [1, -1, 1])), { title: 'to squeeze' }),
  of('ExpandDims', (x) => tf.expandDims(x, -1)),
  of('ExpandDims', (x) => tf.expandDims(x, 0), { title: 'in front' }),
  of('Identity', (x) => tf.clone(x)),

  of('Fill', (x) => tf.add(x, tf.fill(x.shape, 1.5))),
  of('Fill', (x) => tf.fill(x.shape, 2.5), { title: 'as the result', gradient: false }),
  of('OnesLike', (x) => tf.sub(tf.onesLike(x), x)),
  of('ZerosLike', (x) => tf.sub(tf.zerosLike(x), x)),
  of('LinSpace', (x) => tf.mul(x, tf.linspace(-1, 2, last(x)))),
  of('Range', (x) => tf.mul(x, tf.range(0, last(x)))),
  of('Range', (x) => tf.mul(x, tf.cast(tf.range(2 * last(x), 0, -2, 'int32'), 'float32')), { title: 'downwards, of int32' }),
  of('Diag', (x) => tf.diag(x), { gradient: false }),
  ofIntegers('Diag', (x) => tf.diag(x)),
  shaped({
    kernel: 'OneHot',
    inputs: (shape) => [{ shape, dtype: 'int32', range: [0, 5] }],
    call: (x) => tf.oneHot(x as tf.Tensor1D, 4),
    gradient: false,
  }),
  shaped({
    kernel: 'OneHot',
    title: 'with values of its own',
    inputs: (shape) => [{ shape, dtype: 'int32', range: [0, 3] }],
    call: (x) => tf.oneHot(x as tf.Tensor1D, 4, 0.9, 0.1, 'float32'),
    gradient: false,
  }),
]
