import { type BatchCall, type BatchRule, is, ofSums } from './BatchCall.js'
import { examplesOn, partial } from './BatchRole.js'

/** A reduction over axes; over the examples only one that is a sum can be computed by halves. */
function reduction({ isSum, isLinear }: { readonly isSum: boolean; readonly isLinear: boolean }): BatchRule {
  return (call) => {
    const role = call.role(0)
    if (role.kind === 'shared' || role.kind === 'combined') return is(role)
    if (role.kind === 'partial') return ofSums(isLinear)
    const axes = new Set(call.integers(1).map((axis) => call.axisOf(0, axis)))
    if (axes.has(role.axis)) return isSum ? is(partial) : 'combines all examples, and not by a sum'
    const keeps = call.number('keepdims', 1) === 1
    const before = keeps ? 0 : [...axes].filter((axis) => axis < role.axis).length
    return is(examplesOn(role.axis - before, role.inner))
  }
}

/** An operator that looks at all elements along one axis; it keeps the axis unless `drops`. */
function along(axisOf: (call: BatchCall) => number, drops = false): BatchRule {
  return (call) => {
    const role = call.role(0)
    if (role.kind === 'shared' || role.kind === 'combined') return is(role)
    if (role.kind === 'partial') return ofSums(false)
    const axis = axisOf(call)
    if (axis === role.axis) return 'compares the examples with each other'
    return is(examplesOn(drops && axis < role.axis ? role.axis - 1 : role.axis, role.inner))
  }
}

const byAttribute = (fallback: number) => (call: BatchCall) => call.axisOf(0, call.number('axis', fallback))

/** Windows of images [batch, channels, ...spatial]. */
const pooling: BatchRule = (call) => {
  const role = call.role(0)
  if (role.kind === 'partial') return ofSums(false)
  if (role.kind !== 'examples') return is(role)
  return role.axis < 2 ? is(role) : 'has windows over the examples'
}

/** Operators that combine elements along axes. */
export const reductionRules = {
  ArgMax: along(byAttribute(0), true),
  ArgMin: along(byAttribute(0), true),
  AveragePool: pooling,
  CumSum: along((call) => call.axisOf(0, call.integers(1)[0] ?? 0)),
  MaxPool: pooling,
  ReduceMax: reduction({ isSum: false, isLinear: false }),
  ReduceMean: reduction({ isSum: true, isLinear: true }),
  ReduceMin: reduction({ isSum: false, isLinear: false }),
  ReduceProd: reduction({ isSum: false, isLinear: false }),
  ReduceSum: reduction({ isSum: true, isLinear: true }),
  ReduceSumSquare: reduction({ isSum: true, isLinear: false }),
  Softmax: along(byAttribute(-1)),
  TopK: along(byAttribute(-1)),
} as const satisfies Record<string, BatchRule>
