import { type Shape, sizeOf } from '../graph.js'
import { alignExamples, type BatchCall, type BatchRule, is, ofSums } from './BatchCall.js'
import { type ExampleAxis, examplesOn, shared } from './BatchRole.js'

const movesExamples = 'moves the examples within its axis'

/** A rule for an operator that treats every place along the examples' axis alike, and keeps that axis unless `axisOf` says where it goes. */
function keeping(isTouched: (call: BatchCall, axis: number) => boolean): BatchRule {
  return (call) => {
    const examples = call.examples(0)
    if (!examples) return is(call.role(0))
    return isTouched(call, examples.axis) ? movesExamples : is(examplesOn(examples.axis, examples.inner))
  }
}

const transpose: BatchRule = (call) => {
  const examples = call.examples(0)
  return is(examples ? examplesOn(call.numbers('perm').indexOf(examples.axis), examples.inner) : call.role(0))
}

/** The axis of a reshaped tensor on which the examples lie, one after the other, as many elements before them as there were. */
function reshapedAxis(from: Shape, to: Shape, { axis, inner }: ExampleAxis): ExampleAxis | undefined {
  const before = sizeOf(from.slice(0, axis))
  const examples = (from[axis] ?? 0) / inner
  for (let place = 0; place < to.length; place++) {
    const size = to[place] ?? 1
    if (size > 1 && sizeOf(to.slice(0, place)) === before) {
      return size % examples === 0 ? { axis: place, inner: size / examples } : undefined
    }
  }
  return undefined
}

const reshape: BatchRule = (call) => {
  const examples = call.examples(0)
  if (!examples) return is(call.role(0))
  const next = reshapedAxis(call.input(0).shape, call.output.shape, examples)
  return next ? is(examplesOn(next.axis, next.inner)) : 'merges the examples with an axis before them'
}

const expand: BatchRule = (call) => {
  const examples = call.examples(0)
  if (!examples) return is(call.role(0))
  return is(examplesOn(examples.axis + call.output.shape.length - call.input(0).shape.length, examples.inner))
}

const concat: BatchRule = (call) => {
  const indices = call.node.inputs.map((_, index) => index)
  if (call.hasSums) {
    return call.examplesMeetSums ?? ofSums(call.roles.every(({ kind }) => kind === 'partial'))
  }
  const result = alignExamples(call, indices, call.output.shape.length)
  if (typeof result === 'string' || result.role.kind !== 'examples') return result
  return result.role.axis === call.axisOf(0, call.number('axis', 0)) ? movesExamples : result
}

/** Of a table and indices: a part for each example where either has one. */
const gather: BatchRule = (call) => {
  const axis = call.axisOf(0, call.number('axis', 0))
  const [data, indices] = [call.examples(0), call.examples(1)]
  if (call.hasSums) return call.examplesMeetSums ?? ofSums(call.isShared(1) && call.role(0).kind === 'partial')
  if (data && indices) return 'takes from each example what another example says'
  if (indices) return is(examplesOn(axis + indices.axis, indices.inner))
  if (!data) return is(shared)
  if (data.axis === axis) return 'takes examples by their number'
  const added = call.input(1).shape.length - 1
  return is(examplesOn(data.axis > axis ? data.axis + added : data.axis, data.inner))
}

/** Whether a slice takes some of an axis only, or in another order; one from 0 to the end takes all of any length. */
function slices(call: BatchCall, axis: number): boolean {
  const place = call.integers(3).findIndex((each) => call.axisOf(0, each) === axis)
  return place >= 0 && (call.integers(4)[place] !== 1 || call.input(0).shape[axis] !== call.output.shape[axis])
}

const keepsPadded = keeping((call, axis) => {
  const pads = call.integers(1)
  return pads[axis] !== 0 || pads[axis + call.input(0).shape.length] !== 0
})

/** Sums that are padded with anything but zeros would have the padding twice. */
const pad: BatchRule = (call) =>
  call.hasSums ? ofSums(call.constantNumber(2) === 0 && call.role(0).kind === 'partial') : keepsPadded(call)

/** Operators that move elements. */
export const layoutRules = {
  Concat: concat,
  Expand: expand,
  Gather: gather,
  Pad: pad,
  Reshape: reshape,
  Slice: keeping(slices),
  Split: keeping((call, axis) => call.axisOf(0, call.number('axis', 0)) === axis),
  Tile: keeping((call, axis) => call.integers(1)[axis] !== 1),
  Transpose: transpose,
} as const satisfies Record<string, BatchRule>
