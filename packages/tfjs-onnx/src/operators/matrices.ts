import type { Operators } from './Operator.js'
import type { OperatorCall } from './OperatorCall.js'

function size(call: OperatorCall, input: number, fromEnd: number): number {
  const { shape } = call.input(input)
  return shape[shape.length - fromEnd] ?? call.fail(`input ${input} to have at least ${fromEnd} axes`, `${shape.length}`)
}

function inferMatMul(call: OperatorCall) {
  const a = call.expect(2, ['float32', 'int32'])
  const b = call.expectDType(1, [a.dtype])
  if (size(call, 0, 1) !== size(call, 1, 2)) call.fail('equal inner sizes', `${size(call, 0, 1)} and ${size(call, 1, 2)}`)
  const batch = call.broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2))
  return [{ dtype: a.dtype, shape: [...batch, size(call, 0, 2), size(call, 1, 1)] }]
}

/** A'·B' + C, where ' may transpose and C broadcasts. */
function inferGemm(call: OperatorCall) {
  for (const index of [0, 1]) {
    const { shape } = call.expectDType(index, ['float32'])
    if (shape.length !== 2) call.fail(`input ${index} to be a matrix`, `[${shape.join(',')}]`)
  }
  const transA = call.number('transA', 0) === 1
  const transB = call.number('transB', 0) === 1
  const inner = [size(call, 0, transA ? 2 : 1), size(call, 1, transB ? 1 : 2)]
  if (inner[0] !== inner[1]) call.fail('equal inner sizes', inner.join(' and '))
  const shape = [size(call, 0, transA ? 1 : 2), size(call, 1, transB ? 2 : 1)]
  if (call.inputs.length === 3) {
    const broadcast = call.broadcast(shape, call.expectDType(2, ['float32']).shape)
    if (broadcast.join() !== shape.join()) call.fail(`input 2 to broadcast to [${shape.join(',')}]`, `[${broadcast.join(',')}]`)
  } else if (call.inputs.length !== 2) {
    call.fail('2 or 3 inputs', `${call.inputs.length}`)
  }
  return [{ dtype: 'float32' as const, shape }]
}

/** One letter an axis: those of the output stay, all others are summed over. */
function inferEinsum(call: OperatorCall) {
  const { equation } = call.node.attributes
  const [terms = '', result, ...rest] = `${equation}`.split('->')
  const operands = terms.split(',')
  if (result === undefined || rest.length > 0 || !/^[a-zA-Z,]*$/.test(terms + result)) {
    return call.fail('an equation of letters, such as ij,jk->ik', `${equation}`)
  }
  if (operands.length !== call.inputs.length) call.fail(`${operands.length} inputs`, `${call.inputs.length}`)
  const sizes = new Map<string, number>()
  operands.forEach((letters, index) => {
    const { shape } = call.expectDType(index, ['float32'])
    if (letters.length !== shape.length) call.fail(`input ${index} to have ${letters.length} axes`, `${shape.length}`)
    shape.forEach((each, axis) => {
      const letter = letters[axis] ?? ''
      if ((sizes.get(letter) ?? each) !== each) call.fail(`${sizes.get(letter)} elements for ${letter}`, `${each}`)
      sizes.set(letter, each)
    })
  })
  return [{ dtype: 'float32' as const, shape: [...result].map((letter) => sizes.get(letter) ?? call.fail('a letter of an input', letter)) }]
}

function inferSoftmax(call: OperatorCall) {
  const x = call.expect(1, ['float32'])
  call.axis(call.number('axis', -1), x.shape.length)
  return [{ dtype: x.dtype, shape: x.shape }]
}

/** Matrix products, and normalisations over one axis. */
export const matrixOperators = {
  Einsum: { since: 12, attributes: { equation: 'string' }, infer: inferEinsum },
  Gemm: { since: 13, attributes: { transA: 'int', transB: 'int', alpha: 'float', beta: 'float' }, infer: inferGemm },
  MatMul: { since: 13, attributes: {}, infer: inferMatMul },
  Softmax: { since: 13, attributes: { axis: 'int' }, infer: inferSoftmax },
} as const satisfies Operators
