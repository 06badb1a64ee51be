import type { DType } from '../tensor.js'
import type { Operator, Operators } from './Operator.js'
import type { OperatorCall } from './OperatorCall.js'

const real: readonly DType[] = ['float32']
const numeric: readonly DType[] = ['float32', 'int32']
const any: readonly DType[] = ['float32', 'int32', 'bool', 'int64']

type Row = Pick<Operator, 'since' | 'foldElement'> & { readonly dtypes: readonly DType[]; readonly result?: DType }

function unary({ since, dtypes, result, ...fold }: Row): Operator {
  return {
    since,
    attributes: {},
    infer: (call) => {
      const x = call.expect(1, dtypes)
      return [{ dtype: result ?? x.dtype, shape: x.shape }]
    },
    ...fold,
  }
}

function binary({ since, dtypes, result, ...fold }: Row): Operator {
  return {
    since,
    attributes: {},
    infer: (call) => {
      const a = call.expect(2, dtypes)
      const b = call.expectDType(1, [a.dtype])
      return [{ dtype: result ?? a.dtype, shape: call.broadcast(a.shape, b.shape) }]
    },
    ...fold,
  }
}

function withAttributes(operator: Operator, attributes: Operator['attributes']): Operator {
  return { ...operator, attributes }
}

function inferWhere(call: OperatorCall) {
  const condition = call.expect(3, ['bool'])
  const a = call.expectDType(1, ['float32', 'int32'])
  const b = call.expectDType(2, [a.dtype])
  return [{ dtype: a.dtype, shape: call.broadcast(condition.shape, a.shape, b.shape) }]
}

/** ONNX numbers of element types: TensorProto.DataType. */
export const onnxElementTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const satisfies Record<DType, number>

function inferCast(call: OperatorCall) {
  const x = call.expect(1, any)
  const to = call.number('to', 0)
  const found = Object.entries(onnxElementTypes).find(([, number]) => number === to)
  const dtype = found ? (found[0] as DType) : call.fail('attribute to to be an element type in use', `${to}`)
  return [{ dtype, shape: x.shape }]
}

/** Operators that compute each element of the output from the elements at the same place. Inputs broadcast. */
export const elementwiseOperators = {
  Abs: unary({ since: 13, dtypes: numeric, foldElement: Math.abs }),
  Acos: unary({ since: 7, dtypes: real }),
  Acosh: unary({ since: 9, dtypes: real }),
  Add: binary({ since: 14, dtypes: numeric, foldElement: (a, b) => a + b }),
  And: binary({ since: 7, dtypes: ['bool'], foldElement: (a, b) => a & b }),
  Asin: unary({ since: 7, dtypes: real }),
  Asinh: unary({ since: 9, dtypes: real }),
  Atan: unary({ since: 7, dtypes: real }),
  Atanh: unary({ since: 9, dtypes: real }),
  BitwiseAnd: binary({ since: 18, dtypes: ['int32'], foldElement: (a, b) => a & b }),
  Cast: { since: 13, attributes: { to: 'int' }, infer: inferCast, foldElement: (x) => x },
  Ceil: unary({ since: 13, dtypes: real, foldElement: Math.ceil }),
  Cos: unary({ since: 7, dtypes: real }),
  Cosh: unary({ since: 9, dtypes: real }),
  Div: binary({ since: 14, dtypes: numeric, foldElement: (a, b) => a / b }),
  Elu: withAttributes(unary({ since: 6, dtypes: real }), { alpha: 'float' }),
  Equal: binary({ since: 13, dtypes: any, result: 'bool', foldElement: (a, b) => Number(a === b) }),
  Erf: unary({ since: 13, dtypes: real }),
  Exp: unary({ since: 13, dtypes: real }),
  Floor: unary({ since: 13, dtypes: real, foldElement: Math.floor }),
  Greater: binary({ since: 13, dtypes: numeric, result: 'bool', foldElement: (a, b) => Number(a > b) }),
  GreaterOrEqual: binary({ since: 16, dtypes: numeric, result: 'bool', foldElement: (a, b) => Number(a >= b) }),
  Identity: unary({ since: 16, dtypes: any }),
  IsInf: unary({ since: 10, dtypes: real, result: 'bool' }),
  IsNaN: unary({ since: 13, dtypes: real, result: 'bool' }),
  LeakyRelu: withAttributes(unary({ since: 16, dtypes: real }), { alpha: 'float' }),
  Less: binary({ since: 13, dtypes: numeric, result: 'bool', foldElement: (a, b) => Number(a < b) }),
  LessOrEqual: binary({ since: 16, dtypes: numeric, result: 'bool', foldElement: (a, b) => Number(a <= b) }),
  Log: unary({ since: 13, dtypes: real }),
  Max: binary({ since: 13, dtypes: numeric }),
  Min: binary({ since: 13, dtypes: numeric }),
  Mod: withAttributes(binary({ since: 13, dtypes: numeric }), { fmod: 'int' }),
  Mul: binary({ since: 14, dtypes: numeric, foldElement: (a, b) => a * b }),
  Neg: unary({ since: 13, dtypes: numeric, foldElement: (x) => -x }),
  Not: unary({ since: 1, dtypes: ['bool'], foldElement: (x) => 1 - x }),
  Or: binary({ since: 7, dtypes: ['bool'], foldElement: (a, b) => a | b }),
  Pow: binary({ since: 15, dtypes: numeric }),
  PRelu: binary({ since: 16, dtypes: real }),
  Reciprocal: unary({ since: 13, dtypes: real }),
  Relu: unary({ since: 14, dtypes: real }),
  Round: unary({ since: 11, dtypes: real }),
  Selu: withAttributes(unary({ since: 6, dtypes: real }), { alpha: 'float', gamma: 'float' }),
  Sigmoid: unary({ since: 13, dtypes: real }),
  Sign: unary({ since: 13, dtypes: numeric, foldElement: Math.sign }),
  Sin: unary({ since: 7, dtypes: real }),
  Sinh: unary({ since: 9, dtypes: real }),
  Softplus: unary({ since: 1, dtypes: real }),
  Sqrt: unary({ since: 13, dtypes: real, foldElement: Math.sqrt }),
  Sub: binary({ since: 14, dtypes: numeric, foldElement: (a, b) => a - b }),
  Tan: unary({ since: 7, dtypes: real }),
  Tanh: unary({ since: 13, dtypes: real }),
  Where: { since: 16, attributes: {}, infer: inferWhere, foldElement: (condition, a, b) => (condition ? a : b) },
} as const satisfies Operators
