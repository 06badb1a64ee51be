import type { Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../eager.js'
import { broadcastShapes } from './arbitraries.js'
import { type ParityCase, type ParityInput, type ShapedCase, shaped } from './ParityCase.js'

type Unary = (x: Tensor) => Tensor
type Binary = (a: Tensor, b: Tensor) => Tensor
type Range = readonly [number, number]

const unary = (
  kernel: string,
  call: Unary,
  options: Partial<ShapedCase> & { range?: Range; dtype?: ParityInput['dtype'] } = {},
): ParityCase => {
  const { range, dtype, ...rest } = options
  return shaped({ kernel, call, inputs: (shape) => [{ shape, ...(range && { range }), ...(dtype && { dtype }) }], ...rest })
}

const binary = (kernel: string, call: Binary, options: Partial<ShapedCase> = {}): ParityCase =>
  shaped({ kernel, call, inputs: (shape) => [{ shape }, { shape }], ...options })

const broadcasting = (
  kernel: string,
  call: Binary,
  { gradient = true, range }: { gradient?: boolean; range?: Range } = {},
): ParityCase => ({
  kernel,
  title: 'broadcasting',
  gradient,
  example: broadcastShapes.map(([first, second]) => ({ call, inputs: [{ shape: first }, { shape: second, ...(range && { range }) }] })),
})

/** A call of equal shapes, and of shapes that broadcast. */
const arithmetic = (kernel: string, call: Binary, gradientBroadcasts = true): ParityCase[] => [
  binary(kernel, call),
  broadcasting(kernel, call, { gradient: gradientBroadcasts }),
]

/** tfjs's own gradients of these do not broadcast. */
const withoutBroadcast = false

const integers = (kernel: string, call: Binary, range: Range = [-9, 9]): ParityCase =>
  binary(kernel, call, {
    title: 'of int32',
    gradient: false,
    inputs: (shape) => [
      { shape, dtype: 'int32' },
      { shape, dtype: 'int32', range },
    ],
  })

const bool = (kernel: string, call: Binary): ParityCase =>
  binary(kernel, call, {
    title: 'of bool',
    gradient: false,
    inputs: (shape) => [
      { shape, dtype: 'bool' },
      { shape, dtype: 'bool' },
    ],
  })

const positive: Range = [0.1, 3]
const away: Range = [0.5, 3]

export const elementwiseCases: readonly ParityCase[] = [
  ...arithmetic('Add', tf.add),
  integers('Add', tf.add),
  ...arithmetic('Sub', tf.sub),
  integers('Sub', tf.sub),
  ...arithmetic('Multiply', tf.mul),
  integers('Multiply', tf.mul),
  binary('RealDiv', tf.div, { inputs: (shape) => [{ shape }, { shape, range: away }] }),
  broadcasting('RealDiv', tf.div, { range: away }),
  ...arithmetic('Maximum', tf.maximum, withoutBroadcast),
  integers('Maximum', tf.maximum),
  ...arithmetic('Minimum', tf.minimum, withoutBroadcast),
  integers('Minimum', tf.minimum),
  ...arithmetic('SquaredDifference', tf.squaredDifference, withoutBroadcast),
  integers('SquaredDifference', tf.squaredDifference),
  binary('FloorDiv', tf.floorDiv, {
    gradient: false,
    inputs: (shape) => [
      { shape, range: [-9, 9] },
      { shape, range: away },
    ],
  }),
  integers('FloorDiv', tf.floorDiv, [1, 5]),
  binary('FloorDiv', tf.floorDiv, {
    title: 'of int32 by negative divisors',
    gradient: false,
    inputs: (shape) => [
      { shape, dtype: 'int32' },
      { shape, dtype: 'int32', range: [-5, -1] },
    ],
  }),
  binary('Mod', tf.mod, {
    inputs: (shape) => [
      { shape, range: [-9, 9] },
      { shape, range: away },
    ],
  }),
  integers('Mod', tf.mod, [1, 5]),
  binary('Pow', tf.pow, { inputs: (shape) => [{ shape, range: positive }, { shape }] }),
  unary('Pow', (x) => tf.pow(x, 3), { title: 'with a scalar exponent' }),
  shaped({
    kernel: 'AddN',
    inputs: (shape) => [{ shape }, { shape }, { shape }],
    call: (...tensors) => tf.addN(tensors),
  }),
  binary('Atan2', tf.atan2),
  broadcasting('Atan2', tf.atan2),
  binary('Atan2', (a, b) => tf.atan2(tf.cast(a, 'float32'), tf.cast(b, 'float32')), {
    title: 'on the axes',
    gradient: false,
    inputs: (shape) => [
      { shape, dtype: 'int32', range: [-1, 1] },
      { shape, dtype: 'int32', range: [-1, 1] },
    ],
  }),
  integers('BitwiseAnd', tf.bitwiseAnd),

  unary('Abs', tf.abs),
  unary('Abs', tf.abs, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('Acos', tf.acos, { range: [-0.9, 0.9] }),
  unary('Acosh', tf.acosh, { range: [1.2, 4] }),
  unary('Asin', tf.asin, { range: [-0.9, 0.9] }),
  unary('Asinh', tf.asinh),
  unary('Atan', tf.atan),
  unary('Atanh', tf.atanh, { range: [-0.9, 0.9] }),
  unary('Ceil', tf.ceil),
  unary('ClipByValue', (x) => tf.clipByValue(x, -0.5, 1)),
  unary('Cos', tf.cos),
  unary('Cosh', tf.cosh),
  unary('Elu', tf.elu),
  binary('EluGrad', (dy, y) => tf.engine().runKernel('EluGrad', { dy, y }) as Tensor, { gradient: false }),
  unary('Erf', tf.erf),
  unary('Exp', tf.exp),
  unary('Expm1', tf.expm1),
  unary('Expm1', tf.expm1, { title: 'near zero', range: [-1e-4, 1e-4] }),
  unary('Floor', tf.floor),
  unary('IsFinite', (x) => tf.isFinite(tf.div(1, tf.floor(x))), { gradient: false }),
  unary('IsInf', (x) => tf.isInf(tf.div(1, tf.floor(x))), { gradient: false }),
  unary('IsNan', (x) => tf.isNaN(tf.log(x)), { gradient: false }),
  unary('LeakyRelu', (x) => tf.leakyRelu(x, 0.3)),
  unary('Log', tf.log, { range: positive }),
  unary('Log1p', tf.log1p, { range: [-0.9, 5] }),
  unary('Log1p', tf.log1p, { title: 'near zero', range: [-1e-4, 1e-4] }),
  unary('Log1p', (x) => tf.log1p(tf.exp(x)), { title: 'of an exponential' }),
  unary('Neg', tf.neg),
  unary('Neg', tf.neg, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('Exp', tf.exp, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('LeakyRelu', tf.leakyRelu, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('Relu', tf.relu, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('Relu6', tf.relu6, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('Round', tf.round, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('Sign', tf.sign, { title: 'of int32', dtype: 'int32', gradient: false }),
  unary('Step', tf.step, { title: 'of int32', dtype: 'int32', gradient: false }),
  integers('Pow', tf.pow, [0, 4]),
  binary('Prelu', (x, alpha) => tf.prelu(x, alpha), {
    title: 'of int32',
    gradient: false,
    inputs: (shape) => [
      { shape, dtype: 'int32' },
      { shape, dtype: 'int32' },
    ],
  }),
  binary('Prelu', tf.prelu),
  unary('Reciprocal', tf.reciprocal, { range: away }),
  unary('Relu', tf.relu),
  unary('Relu6', tf.relu6, { range: [-3, 9] }),
  unary('Round', tf.round),
  unary('Rsqrt', tf.rsqrt, { range: away }),
  unary('Selu', tf.selu),
  unary('Sigmoid', tf.sigmoid),
  unary('Sign', tf.sign),
  unary('Sin', tf.sin),
  unary('Sinh', tf.sinh),
  unary('Softplus', tf.softplus),
  unary('Sqrt', tf.sqrt, { range: positive }),
  unary('Square', tf.square),
  unary('Step', (x) => tf.step(x)),
  unary('Step', (x) => tf.step(x, 0.25), { title: 'with alpha' }),
  unary('Tan', tf.tan, { range: [-1, 1] }),
  unary('Tanh', tf.tanh),

  ...[
    ['Equal', tf.equal] as const,
    ['NotEqual', tf.notEqual] as const,
    ['Greater', tf.greater] as const,
    ['GreaterEqual', tf.greaterEqual] as const,
    ['Less', tf.less] as const,
    ['LessEqual', tf.lessEqual] as const,
  ].flatMap(([kernel, call]) => [
    binary(kernel, call, { gradient: false }),
    broadcasting(kernel, call, { gradient: false }),
    integers(kernel, call, [-2, 2]),
  ]),
  bool('Equal', tf.equal),
  bool('LogicalAnd', tf.logicalAnd),
  bool('LogicalOr', tf.logicalOr),
  unary('LogicalNot', tf.logicalNot, { dtype: 'bool', gradient: false }),
  shaped({
    kernel: 'Select',
    inputs: (shape) => [{ shape, dtype: 'bool' }, { shape }, { shape }],
    call: (condition, a, b) => tf.where(condition as Tensor, a as Tensor, b as Tensor),
  }),
  {
    kernel: 'Select',
    title: 'broadcasting',
    example: broadcastShapes.map(([first, second]) => ({
      inputs: [{ shape: first, dtype: 'bool' }, { shape: second }, { shape: [] }],
      call: (condition, a, b) => tf.where(condition as Tensor, a as Tensor, b as Tensor),
    })),
  },
  integers('Select', (a, b) => tf.where(tf.greater(a, b), a, b)),
  bool('Select', (a, b) => tf.where(a as Tensor, b, a)),
  binary('LogicalOr', tf.logicalXor, {
    title: 'in logicalXor',
    gradient: false,
    inputs: (shape) => [
      { shape, dtype: 'bool' },
      { shape, dtype: 'bool' },
    ],
  }),
]
