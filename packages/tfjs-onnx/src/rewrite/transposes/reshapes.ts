import { type Shape, sizeOf, type Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { emitReshape } from '../../rules/emission.js'
import { isRoot, type TransposedView, transpose } from './TransposedView.js'

/** Axes before and after a Reshape that hold the same elements. */
interface Group {
  /** Without axes of one element. */
  readonly before: readonly number[]
  /** With the axes of one element that follow them: those stay beside what they were put beside. */
  readonly after: readonly number[]
}

/** Pairs the axes of two shapes of one size, from the left: the fewest that have the same number of elements. */
function groupAxes(before: Shape, after: Shape): readonly Group[] {
  const groups: { before: number[]; after: number[] }[] = []
  const leading: number[] = []
  let [left, right] = [0, 0]
  while (left < before.length || right < after.length) {
    if (before[left] === 1) {
      left++
      continue
    }
    if (after[right] === 1) {
      const neighbours = groups.at(-1)?.after ?? leading
      neighbours.push(right++)
      continue
    }
    const group = { before: [left], after: [right] }
    let [a, b] = [before[left++] ?? 1, after[right++] ?? 1]
    while (a !== b) {
      if (a < b) {
        group.before.push(left)
        a *= before[left++] ?? 1
      } else {
        group.after.push(right)
        b *= after[right++] ?? 1
      }
    }
    groups.push(group)
  }
  const [first] = groups
  first?.after.unshift(...leading)
  return first
    ? groups.map((group) => ({ ...group, before: group.before.filter((axis) => before[axis] !== 1) }))
    : [{ before: [], after: leading }]
}

/** Reshape(Transpose(x)) as Transpose(Reshape(x)), where axes that are joined lie side by side in x too. */
export function sinkPastReshape(builder: GraphBuilder, { source, perm }: TransposedView, shape: Shape): Value | undefined {
  if (sizeOf(shape) === 0) return undefined
  const seen = perm.map((axis) => source.shape[axis] ?? 0)
  const groups = groupAxes(seen, shape).map((group) => ({ ...group, axes: group.before.map((place) => perm[place] ?? 0) }))
  if (!groups.every(({ axes }) => areNeighbours(axes, source.shape))) return undefined
  const ordered = [...groups].sort((a, b) => (a.axes[0] ?? -1) - (b.axes[0] ?? -1))
  const places = ordered.flatMap(({ after }) => after)
  const reshaped = emitReshape(
    builder,
    source,
    places.map((place) => shape[place] ?? 1),
  )
  return transpose(
    builder,
    reshaped,
    shape.map((_, place) => places.indexOf(place)),
  )
}

/** Whether axes follow each other, with nothing but axes of one element in between. */
function areNeighbours(axes: readonly number[], shape: Shape): boolean {
  return axes.every((axis, index) => {
    const previous = axes[index - 1]
    if (previous === undefined) return true
    return axis > previous && shape.slice(previous + 1, axis).every((size) => size === 1)
  })
}

/** Transpose(Reshape(x)) as Reshape(Transpose(x)), for an x from outside whose axes are only split: then all who reorder x do the same. */
export function raisePastReshape(builder: GraphBuilder, x: Value, perm: readonly number[]): Value | undefined {
  const producer = builder.producerOf(x)
  const source = producer?.inputs[0]
  if (producer?.op !== 'Reshape' || !source || !isRoot(builder, source) || sizeOf(x.shape) === 0) return undefined
  const target = perm.map((axis) => x.shape[axis] ?? 1)
  const groups = groupAxes(source.shape, x.shape).map(({ before, after }) => ({
    before,
    places: after.filter((axis) => x.shape[axis] !== 1).map((axis) => perm.indexOf(axis)),
  }))
  const isSplit = groups.every(({ before, places }) => before.length <= 1 && areNeighbours(places, target))
  if (!isSplit) return undefined
  const order = groups.filter(({ before }) => before.length > 0).sort((a, b) => (a.places[0] ?? 0) - (b.places[0] ?? 0))
  const ones = source.shape.flatMap((size, axis) => (size === 1 ? [axis] : []))
  return emitReshape(builder, transpose(builder, source, [...ones, ...order.flatMap(({ before }) => before)]), target)
}

/**
 * Writes a Transpose with as few axes as it can have: without those of one element, and with those as one that stay side by side. ONNX
 * Runtime moves longer pieces then, and equal reorderings become equal nodes. Without axes to exchange only a Reshape is left.
 */
export function inFewestAxes(builder: GraphBuilder, { source, perm }: TransposedView): Value {
  const runs: number[][] = []
  for (const axis of perm.filter((each) => source.shape[each] !== 1)) {
    const run = runs.at(-1)
    if (run && areNeighbours([run.at(-1) ?? 0, axis], source.shape)) run.push(axis)
    else runs.push([axis])
  }
  const ordered = [...runs].sort(([a = 0], [b = 0]) => a - b)
  const sizes = ordered.map((run) => sizeOf(run.map((axis) => source.shape[axis] ?? 1)))
  const moved = transpose(
    builder,
    emitReshape(builder, source, sizes),
    runs.map((run) => ordered.indexOf(run)),
  )
  return emitReshape(
    builder,
    moved,
    perm.map((axis) => source.shape[axis] ?? 1),
  )
}
