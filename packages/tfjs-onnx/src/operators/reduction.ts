import type { DType } from '../tensor.js'
import type { Operator, Operators } from './Operator.js'
import type { OperatorCall } from './OperatorCall.js'

/** Reduces over the axes in input 1; the reduced axes stay with size 1 when `keepdims` is 1. */
function reduction(since: number, dtypes: readonly DType[]): Operator {
  return {
    since,
    attributes: { keepdims: 'int' },
    infer: (call) => {
      const x = call.expect(2, dtypes)
      const axes = new Set(call.integers(1).map((axis) => call.axis(axis, x.shape.length)))
      if (axes.size === 0) call.fail('at least one axis', 'none')
      const keep = call.number('keepdims', 1) === 1
      const shape = x.shape.flatMap((size, axis) => (axes.has(axis) ? (keep ? [1] : []) : [size]))
      return [{ dtype: x.dtype, shape }]
    },
  }
}

function inferArgument(call: OperatorCall) {
  const x = call.expect(1, ['float32', 'int32'])
  const reduced = call.axis(call.number('axis', 0), x.shape.length)
  if (call.number('keepdims', 1) !== 0) call.fail('keepdims 0', '1')
  return [{ dtype: 'int64' as const, shape: x.shape.filter((_, axis) => axis !== reduced) }]
}

function inferCumulative(call: OperatorCall) {
  const x = call.expect(2, ['float32', 'int32'])
  call.integers(1).forEach((axis) => {
    call.axis(axis, x.shape.length)
  })
  return [{ dtype: x.dtype, shape: x.shape }]
}

/** Operators that combine elements along axes. */
export const reductionOperators = {
  ArgMax: { since: 13, attributes: { axis: 'int', keepdims: 'int' }, infer: inferArgument },
  ArgMin: { since: 13, attributes: { axis: 'int', keepdims: 'int' }, infer: inferArgument },
  CumSum: { since: 14, attributes: { exclusive: 'int', reverse: 'int' }, infer: inferCumulative },
  ReduceMax: reduction(18, ['float32', 'int32']),
  ReduceMean: reduction(18, ['float32']),
  ReduceMin: reduction(18, ['float32', 'int32']),
  ReduceProd: reduction(18, ['float32', 'int32']),
  ReduceSum: reduction(13, ['float32', 'int32']),
  ReduceSumSquare: reduction(18, ['float32']),
} as const satisfies Operators
