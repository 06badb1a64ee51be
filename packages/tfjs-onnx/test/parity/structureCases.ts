import type { Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../eager.js'
import type { ParityCase } from './ParityCase.js'

type Call = (x: Tensor) => Tensor

const of = (kernel: string, call: Call, options: Partial<ParityCase> = {}): ParityCase => ({
  kernel,
  call,
  inputs: (shape) => [{ shape }],
  ...options,
})

const ofIntegers = (kernel: string, call: Call): ParityCase =>
  of(kernel, call, { title: 'of int32', gradient: false, inputs: (shape) => [{ shape, dtype: 'int32' }] })

const ofBool = (kernel: string, call: Call): ParityCase =>
  of(kernel, call, { title: 'of bool', gradient: false, inputs: (shape) => [{ shape, dtype: 'bool' }] })

const last = ({ shape }: Tensor) => shape[shape.length - 1] ?? 1

const reductions = (kernel: string, call: (x: Tensor, axis?: number | number[], keepDims?: boolean) => Tensor): ParityCase[] => [
  of(kernel, (x) => call(x)),
  of(kernel, (x) => call(x, 0), { title: 'over the first axis' }),
  of(kernel, (x) => call(x, -1, true), { title: 'over the last axis, kept' }),
  of(kernel, (x) => call(x, [0, 2]), { title: 'over two axes of three', inputs: (shape) => [{ shape: [2, 3, ...shape.slice(-1)] }] }),
  ofIntegers(kernel, (x) => call(x, 0)),
]

const product = (transposeA: boolean, transposeB: boolean): ParityCase => ({
  kernel: 'BatchMatMul',
  title: `${transposeA ? "A'" : 'A'}${transposeB ? "B'" : 'B'}`,
  inputs: ([inner = 1]) => [{ shape: transposeA ? [inner, 3] : [3, inner] }, { shape: transposeB ? [4, inner] : [inner, 4] }],
  call: (a, b) => tf.matMul(a as Tensor, b as Tensor, transposeA, transposeB),
})

const fused = (activation: 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid' | 'leakyrelu' | 'prelu'): ParityCase => ({
  kernel: '_FusedMatMul',
  title: activation,
  inputs: ([inner = 1]) => [{ shape: [3, inner] }, { shape: [inner, 4] }, { shape: [4] }, { shape: [4] }],
  call: (a, b, bias, alpha) =>
    tf.fused.matMul({
      a: a as Tensor,
      b: b as Tensor,
      bias: bias as Tensor,
      activation,
      ...(activation === 'prelu' && { preluActivationWeights: alpha as Tensor }),
      leakyreluAlpha: 0.1,
    }),
  gradient: false,
})

export const structureCases: readonly ParityCase[] = [
  ...reductions('Sum', tf.sum),
  ofBool('Sum', (x) => tf.sum(x, 0)),
  ...reductions('Mean', tf.mean),
  ...reductions('Max', tf.max),
  ...reductions('Min', tf.min),
  ...reductions('Prod', tf.prod).map((each) => ({ ...each, gradient: false })),
  ofBool('All', (x) => tf.all(x)),
  ofBool('Any', (x) => tf.any(x, 0)),
  of('ArgMax', (x) => tf.argMax(x, 0), { gradient: false }),
  ofIntegers('ArgMax', (x) => tf.argMax(x, -1)),
  of('ArgMin', (x) => tf.argMin(x, -1), { gradient: false }),
  of('Cumsum', (x) => tf.cumsum(x, 0), { gradient: false }),
  of('Cumsum', (x) => tf.cumsum(x, x.rank - 1, true, true), { title: 'exclusive, reversed' }),

  product(false, false),
  product(true, false),
  product(false, true),
  product(true, true),
  {
    kernel: 'BatchMatMul',
    title: 'in batches, transposed',
    inputs: ([inner = 1]) => [{ shape: [2, inner, 3] }, { shape: [2, 4, inner] }],
    call: (a, b) => tf.matMul(a as Tensor, b as Tensor, true, true),
  },
  {
    kernel: 'BatchMatMul',
    title: 'in batches that broadcast',
    inputs: ([inner = 1]) => [{ shape: [1, 3, inner] }, { shape: [5, inner, 2] }],
    call: (a, b) => tf.matMul(a as Tensor, b as Tensor),
    gradient: false,
  },
  ...(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const).map(fused),
  {
    kernel: '_FusedMatMul',
    title: 'with gradient',
    inputs: ([inner = 1]) => [{ shape: [3, inner] }, { shape: [inner, 4] }, { shape: [4] }],
    call: (a, b, bias) => tf.fused.matMul({ a: a as Tensor, b: b as Tensor, bias: bias as Tensor, activation: 'relu' }),
  },
  {
    kernel: '_FusedMatMul',
    title: 'in batches',
    inputs: ([inner = 1]) => [{ shape: [2, 3, inner] }, { shape: [2, inner, 4] }, { shape: [4] }],
    call: (a, b, bias) => tf.fused.matMul({ a: a as Tensor, b: b as Tensor, bias: bias as Tensor }),
    gradient: false,
  },
  of('Transpose', (x) => tf.transpose(x)),
  of('Transpose', (x) => tf.transpose(x, [2, 0, 1]), {
    title: 'in an order of its own',
    inputs: (shape) => [{ shape: [2, 3, last({ shape } as Tensor)] }],
  }),
  of('Softmax', (x) => tf.softmax(x)),

  of('Cast', (x) => tf.cast(x, 'int32'), { gradient: false }),
  of('Cast', (x) => tf.cast(tf.floor(x), 'bool'), { title: 'to bool', gradient: false }),
  ofIntegers('Cast', (x) => tf.cast(x, 'float32')),
  ofBool('Cast', (x) => tf.cast(x, 'int32')),
  of('Reshape', (x) => tf.reshape(x, [-1, last(x)])),
  of('Reshape', (x) => tf.squeeze(tf.reshape(x, [1, -1, 1])), { title: 'to squeeze' }),
  of('ExpandDims', (x) => tf.expandDims(x, -1)),
  of('ExpandDims', (x) => tf.expandDims(x, 0), { title: 'in front' }),
  of('PadV2', (x) =>
    tf.pad(
      x,
      x.shape.map((_, axis) => [axis, 2] as [number, number]),
      0.5,
    ),
  ),
  of('Identity', (x) => tf.clone(x)),

  of('Concat', (x) => tf.concat([x, tf.neg(x), x], 0)),
  of('Concat', (x) => tf.concat([x, tf.neg(x)], x.rank - 1), { title: 'on the last axis' }),
  {
    kernel: 'GatherV2',
    inputs: (shape) => [{ shape }, { shape: [4], dtype: 'int32', range: [0, (shape[0] ?? 1) - 1] }],
    call: (x, indices) => tf.gather(x as Tensor, indices as tf.Tensor1D),
    gradient: false,
  },
  of('Pack', (x) => tf.stack([x, tf.neg(x)])),
  of('Pack', (x) => tf.stack([x, tf.neg(x)], -1 + x.rank), { title: 'on the last axis' }),
  of('Unpack', (x) => tf.addN(tf.unstack(x, 0)), { inputs: (shape) => [{ shape: [3, ...shape.slice(1)] }] }),
  of('Reverse', (x) => tf.reverse(x, 0)),
  of('Reverse', (x) => tf.reverse(x), { title: 'on all axes' }),
  of('Slice', (x) =>
    tf.slice(
      x,
      x.shape.map((size) => (size > 1 ? 1 : 0)),
    ),
  ),
  of('SplitV', (x) => tf.neg(tf.split(x, 2, 0)[1] as Tensor), { inputs: (shape) => [{ shape: [4, ...shape.slice(1)] }] }),
  of('SplitV', (x) => tf.concat(tf.split(x, [1, 3], 0).toReversed(), 0), {
    title: 'by sizes',
    inputs: (shape) => [{ shape: [4, ...shape.slice(1)] }],
  }),
  of('StridedSlice', (x) => tf.stridedSlice(x, [0], [last(x)], [2]), { gradient: false }),
  of('StridedSlice', (x) => tf.stridedSlice(x, [-1], [0], [-1], 0, 1), { title: 'backwards', gradient: false }),
  of('StridedSlice', (x) => tf.stridedSlice(x, [1, 0], [2, 2], [1, 1], 0, 0, 0, 0, 1), {
    title: 'dropping an axis',
    inputs: () => [{ shape: [3, 2] }],
    gradient: false,
  }),
  of('Tile', (x) =>
    tf.tile(
      x,
      x.shape.map((_, axis) => axis + 2),
    ),
  ),
  of('Tile', (x) => tf.tile(x, [3, 1]), { title: 'of a row', inputs: (shape) => [{ shape: [1, last({ shape } as Tensor)] }] }),

  of('Fill', (x) => tf.add(x, tf.fill(x.shape, 1.5))),
  of('Fill', (x) => tf.fill(x.shape, 2.5), { title: 'as the result', gradient: false }),
  of('OnesLike', (x) => tf.sub(tf.onesLike(x), x)),
  of('ZerosLike', (x) => tf.sub(tf.zerosLike(x), x)),
  of('LinSpace', (x) => tf.mul(x, tf.linspace(-1, 2, last(x)))),
  of('Range', (x) => tf.mul(x, tf.range(0, last(x)))),
  of('Range', (x) => tf.mul(x, tf.cast(tf.range(2 * last(x), 0, -2, 'int32'), 'float32')), { title: 'downwards, of int32' }),
  {
    kernel: 'OneHot',
    inputs: (shape) => [{ shape, dtype: 'int32', range: [0, 5] }],
    call: (x) => tf.oneHot(x as tf.Tensor1D, 4),
    gradient: false,
  },
  {
    kernel: 'OneHot',
    title: 'with values of its own',
    inputs: (shape) => [{ shape, dtype: 'int32', range: [0, 3] }],
    call: (x) => tf.oneHot(x as tf.Tensor1D, 4, 0.9, 0.1, 'float32'),
    gradient: false,
  },
]
