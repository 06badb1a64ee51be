import { type DType, type Shape, sameShape, type TensorType } from '../tensor.js'
import type { Operators } from './Operator.js'
import type { OperatorCall } from './OperatorCall.js'

const elements: readonly DType[] = ['float32', 'int32', 'bool', 'int64']
const numeric: readonly DType[] = ['float32', 'int32']

/** x [...batch, ...indexed, ...slice], indices [...batch, ...places, depth]: each index of `depth` numbers picks one slice. */
function inferGatherND(call: OperatorCall): TensorType[] {
  const x = call.expect(2, elements)
  const indices = call.expectDType(1, ['int64'])
  const batch = call.number('batch_dims', 0)
  const depth = indices.shape.at(-1) ?? call.fail('indices with at least one axis', 'a scalar')
  if (batch < 0 || batch >= Math.min(x.shape.length, indices.shape.length)) call.fail('batch_dims below both ranks', `${batch}`)
  if (!sameShape(x.shape.slice(0, batch), indices.shape.slice(0, batch))) {
    call.fail('equal batch axes', `[${x.shape.slice(0, batch).join(',')}] and [${indices.shape.slice(0, batch).join(',')}]`)
  }
  if (depth < 1 || depth > x.shape.length - batch) call.fail(`indices of 1 to ${x.shape.length - batch} numbers`, `${depth}`)
  return [{ dtype: x.dtype, shape: [...indices.shape.slice(0, -1), ...x.shape.slice(batch + depth)] }]
}

function assertFits(call: OperatorCall, { indices, x, axis }: { indices: Shape; x: Shape; axis: number }): void {
  const fits = indices.length === x.length && indices.every((size, each) => each === axis || size <= (x[each] ?? 0))
  if (!fits) call.fail(`indices that fit [${x.join(',')}] except on axis ${axis}`, `[${indices.join(',')}]`)
}

/** x, indices and updates of equal rank: each update goes to its own place, except that its index says where on `axis`. */
function inferScatterElements(call: OperatorCall): TensorType[] {
  const x = call.expect(3, numeric)
  const indices = call.expectDType(1, ['int32', 'int64'])
  const updates = call.expectDType(2, [x.dtype])
  assertFits(call, { indices: indices.shape, x: x.shape, axis: call.axis(call.number('axis', 0), x.shape.length) })
  if (!sameShape(indices.shape, updates.shape)) call.fail(`updates of shape [${indices.shape.join(',')}]`, `[${updates.shape.join(',')}]`)
  call.text('reduction', ['none', 'add'], 'none')
  return [{ dtype: x.dtype, shape: x.shape }]
}

/** Values, largest first, and their indices along `axis`; the lower index first where values are equal. */
function inferTopK(call: OperatorCall): TensorType[] {
  const x = call.expect(2, numeric)
  const axis = call.axis(call.number('axis', -1), x.shape.length)
  const [count = 0, ...more] = call.integers(1)
  if (more.length > 0 || count < 0 || count > (x.shape[axis] ?? 0))
    call.fail(`one number from 0 to ${x.shape[axis]}`, `${[count, ...more]}`)
  const shape = x.shape.with(axis, count)
  return [
    { dtype: x.dtype, shape },
    { dtype: 'int64', shape },
  ]
}

/** Operators that read or write where indices say. An index may count from the end; one out of range fails when the graph runs. */
export const indexingOperators = {
  GatherND: { since: 13, attributes: { batch_dims: 'int' }, infer: inferGatherND },
  ScatterElements: { since: 18, attributes: { axis: 'int', reduction: 'string' }, infer: inferScatterElements },
  TopK: { since: 11, attributes: { axis: 'int' }, infer: inferTopK },
} as const satisfies Operators
