import { alignExamples, type BatchCall, type BatchRule, is, ofSums } from './BatchCall.js'
import { type ExampleAxis, examplesOn, partial, shared } from './BatchRole.js'

const amongExamples = 'multiplies examples with each other'

/** A sum over the examples of products of two factors; one that is shared is cut like the other. */
function summed(call: BatchCall, axes: readonly [number, number]): ReturnType<BatchRule> {
  const [a, b] = [call.examples(0), call.examples(1)]
  const inner = (a ?? b)?.inner ?? 1
  if (a && b && (a.inner !== b.inner || b.axis !== axes[1] || a.axis !== axes[0])) return amongExamples
  const cuts = new Map<number, ExampleAxis>()
  for (const index of [0, 1] as const) if (!call.examples(index)) cuts.set(index, { axis: axes[index], inner })
  return is(partial, cuts)
}

/** The roles that need no look at axes: nothing of the batch, or sums over it of which one factor is linear. */
function withoutExamples(call: BatchCall): ReturnType<BatchRule> | undefined {
  const kinds = call.roles.map(({ kind }) => kind)
  if (kinds.includes('examples')) return call.examplesMeetSums
  if (!call.hasSums) return is(shared)
  return ofSums(!kinds.includes('combined') && kinds.filter((kind) => kind === 'partial').length === 1 && kinds.length === 2)
}

/** A'·B' + C, where ' may transpose. */
const gemm: BatchRule = (call) => {
  const early = withoutExamples(call)
  if (early) return early
  const [transA, transB] = [call.number('transA', 0), call.number('transB', 0)]
  const [rowsOfA, columnsOfB] = [transA, 1 - transB]
  const [a, b] = [call.examples(0), call.examples(1)]
  if ((a && a.axis !== rowsOfA) || (b && b.axis !== columnsOfB)) {
    return call.node.inputs.length > 2 ? 'adds to a sum over the examples' : summed(call, [1 - rowsOfA, 1 - columnsOfB])
  }
  if (a && b) return amongExamples
  const role = a ? examplesOn(0, a.inner) : b ? examplesOn(1, b.inner) : undefined
  const added = call.examples(2)
  if (!role) return added ? 'adds examples to a product without any' : is(shared)
  if (call.node.inputs.length < 3 || role.kind !== 'examples') return is(role)
  const { shape } = call.input(2)
  const axis = role.axis - 2 + shape.length
  if (added) return added.axis === axis && added.inner === role.inner ? is(role) : amongExamples
  return is(role, axis >= 0 && shape[axis] !== 1 ? new Map([[2, { axis, inner: role.inner }]]) : undefined)
}

/** Products of matrices on the last two axes; the axes before them broadcast. */
const matMul: BatchRule = (call) => {
  const early = withoutExamples(call)
  if (early) return early
  const [a, b] = [call.examples(0), call.examples(1)]
  const [rankA, rankB] = [call.input(0).shape.length, call.input(1).shape.length]
  if (a?.axis === rankA - 1 || b?.axis === rankB - 2) {
    return rankA === 2 && rankB === 2 ? summed(call, [1, 0]) : 'sums products over the examples, of more than two axes'
  }
  const { length: rank } = call.output.shape
  if ((a && a.axis === rankA - 2) || (b && b.axis === rankB - 1)) {
    if (a && b) return amongExamples
    return is(a ? examplesOn(rank - 2, a.inner) : examplesOn(rank - 1, b?.inner ?? 1))
  }
  return alignExamples(call, [0, 1], rank)
}

/** x [batch, channels, ...], filter [filters, channels, ...]: a filter's gradient has the examples on the axis that is summed over. */
const convolution: BatchRule = (call) => {
  const early = withoutExamples(call)
  if (early) return early
  const [x, filter] = [call.examples(0), call.examples(1)]
  if (call.examples(2)) return amongExamples
  if (x?.axis === 0 && !filter) return is(examplesOn(0, x.inner))
  const isSummed = x?.axis === 1 && filter?.axis === 1 && call.node.op === 'Conv' && call.number('group', 1) === 1
  if (!isSummed) return 'convolves the examples with each other'
  return call.node.inputs.length > 2 ? 'adds to a sum over the examples' : summed(call, [1, 1])
}

/** One letter an axis: examples on a letter that the output lacks are summed over. */
const einsum: BatchRule = (call) => {
  const early = withoutExamples(call)
  if (early) return early
  const [terms = '', result = ''] = `${call.node.attributes.equation}`.split('->')
  const operands = terms.split(',')
  const found = call.roles.flatMap((role, index) =>
    role.kind === 'examples' ? [{ letter: operands[index]?.[role.axis] ?? '', inner: role.inner }] : [],
  )
  const [first] = found
  if (!first || found.some(({ letter, inner }) => letter !== first.letter || inner !== first.inner)) return amongExamples
  const cuts = new Map<number, ExampleAxis>()
  operands.forEach((letters, index) => {
    if (call.isShared(index) && letters.includes(first.letter)) cuts.set(index, { axis: letters.indexOf(first.letter), inner: first.inner })
  })
  const axis = result.indexOf(first.letter)
  return is(axis < 0 ? partial : examplesOn(axis, first.inner), cuts)
}

/** Products and convolutions. */
export const productRules = {
  Conv: convolution,
  ConvTranspose: convolution,
  Einsum: einsum,
  Gemm: gemm,
  MatMul: matMul,
} as const satisfies Record<string, BatchRule>
