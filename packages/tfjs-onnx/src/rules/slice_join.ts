import { slice_util } from '@tensorflow/tfjs-core'
import type { DType, Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { emitReshape, emitSlice } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rule, Rules } from './Rule.js'

const any: readonly DType[] = ['float32', 'int32', 'bool']

function layout(emit: Rule['emit'], row?: Partial<Rule>): Rule {
  return { emit, dtypes: any, since: 13, tolerance: 0, ...row }
}

function emitConcat(call: KernelCall): Value {
  const values = call.list()
  const [first] = values
  if (first === undefined) return call.fail('UNSUPPORTED_SHAPE', { expected: 'at least one tensor', got: 'none' })
  const axis = call.axis('axis', first.shape.length)
  return values.length === 1 ? first : call.graph.node('Concat', values, { axis })
}

function emitPack(call: KernelCall): Value {
  const axis = call.axis('axis', (call.list()[0]?.shape.length ?? 0) + 1)
  const rows = call.list().map((x) => emitReshape(call.graph, x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]))
  const [first] = rows
  return rows.length === 1 && first ? first : call.graph.node('Concat', rows, { axis })
}

function emitUnpack(call: KernelCall): readonly Value[] {
  const x = call.input('value')
  const axis = call.axis('axis', x.shape.length)
  const parts = split(call, x, { axis, sizes: new Array<number>(x.shape[axis] ?? 0).fill(1) })
  return parts.map((part) =>
    emitReshape(
      call.graph,
      part,
      x.shape.filter((_, each) => each !== axis),
    ),
  )
}

function split(call: KernelCall, x: Value, { axis, sizes }: { axis: number; sizes: readonly number[] }): readonly Value[] {
  return sizes.length === 1 ? [x] : call.graph.nodes('Split', [x, call.graph.integers(sizes)], { axis })
}

/** One number splits into that many equal parts; in a list of sizes, one may be -1: what is left. */
function emitSplit(call: KernelCall): readonly Value[] {
  const x = call.input('x')
  const axis = call.axis('axis', x.shape.length)
  const total = x.shape[axis] ?? 0
  if (call.isNumber('numOrSizeSplits')) {
    const count = call.number('numOrSizeSplits')
    if (total % count !== 0) call.fail('UNSUPPORTED_SHAPE', { expected: `a number of parts that divides ${total}`, got: `${count}` })
    return split(call, x, { axis, sizes: new Array<number>(count).fill(total / count) })
  }
  const sizes = call.numbers('numOrSizeSplits')
  const known = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0)
  return split(call, x, { axis, sizes: sizes.map((size) => (size === -1 ? total - known : size)) })
}

/** Emits a value with the elements of some axes in reverse order. */
export function emitReversed(graph: GraphBuilder, x: Value, axes: readonly number[]): Value {
  if (axes.length === 0) return x
  return emitSlice(graph, x, {
    begin: x.shape.map((size, axis) => (axes.includes(axis) ? size - 1 : 0)),
    size: x.shape,
    steps: x.shape.map((_, axis) => (axes.includes(axis) ? -1 : 1)),
  })
}

/** A size of -1 means to the end. */
function emitCut(call: KernelCall): Value {
  const x = call.input('x')
  const [begin, size] = [call.numbers('begin'), call.numbers('size', [])]
  const starts = x.shape.map((_, axis) => begin[axis] ?? 0)
  const sizes = x.shape.map((total, axis) => {
    const each = size[axis] ?? -1
    return each === -1 ? total - (starts[axis] ?? 0) : each
  })
  starts.forEach((start, axis) => {
    const [length = 0, total = 0] = [sizes[axis], x.shape[axis]]
    if (![start, length].every((each) => Number.isInteger(each) && each >= 0) || start + length > total) {
      const cut = `${length} from ${start} on`
      call.fail('UNSUPPORTED_SHAPE', {
        expected: `elements among the ${total} of axis ${axis}`,
        got: cut,
        advice: 'Cut no more than there is; a size of -1 means to the end.',
      })
    }
  })
  return emitSlice(call.graph, x, { begin: starts, size: sizes })
}

function emitStridedSlice(call: KernelCall): Value {
  const x = call.input('x')
  const masks = ['beginMask', 'endMask', 'ellipsisMask', 'newAxisMask', 'shrinkAxisMask'].map((mask) => call.number(mask, 0))
  const [beginMask = 0, endMask = 0, ellipsisMask = 0, newAxisMask = 0, shrinkAxisMask = 0] = masks
  const info = slice_util.sliceInfo(
    [...x.shape],
    [...call.numbers('begin')],
    [...call.numbers('end')],
    [...call.numbers('strides')],
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  )
  const size = slice_util.computeOutShape(info.begin, info.end, info.strides)
  if (info.finalShape.includes(0))
    call.fail('UNSUPPORTED_SHAPE', { expected: 'a slice with elements', got: `[${info.finalShape.join(',')}]` })
  return emitReshape(call.graph, emitSlice(call.graph, x, { begin: info.begin, size, steps: info.strides }), info.finalShape)
}

function emitTile(call: KernelCall): Value {
  const [x, repeats] = [call.input('x'), call.numbers('reps')]
  if (repeats.every((count) => count === 1)) return x
  // Expand lets elementwise operators broadcast instead of copying; it fits where only axes of size 1 repeat.
  if (x.shape.every((size, axis) => size === 1 || repeats[axis] === 1)) {
    return call.graph.node('Expand', [x, call.graph.integers(x.shape.map((size, axis) => size * (repeats[axis] ?? 1)))])
  }
  return call.graph.node('Tile', [x, call.graph.integers(repeats)])
}

/** Cutting tensors apart and putting them together. */
export const sliceJoinRules = {
  Concat: layout(emitConcat),
  Pack: layout(emitPack, { since: 14 }),
  Reverse: layout((call) => emitReversed(call.graph, call.input('x'), call.axes('dims', call.input('x')))),
  Slice: layout(emitCut),
  SplitV: layout(emitSplit),
  StridedSlice: layout(emitStridedSlice, { since: 14 }),
  Tile: layout(emitTile),
  Unpack: layout(emitUnpack, { since: 14 }),
} as const satisfies Rules
