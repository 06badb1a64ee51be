import { type DType, type Shape, sameShape, toTensorData, type Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { onnxElementTypes } from '../operators/elementwise.js'

/** Casts, or returns the value as it is where it has the type already. */
export function emitCast(graph: GraphBuilder, x: Value, dtype: DType): Value {
  return x.dtype === dtype ? x : graph.node('Cast', [x], { to: onnxElementTypes[dtype] })
}

const INT32_END = 2 ** 31

/** Takes the whole part of floats as int32; NaN and what int32 cannot hold become 0, which the operator leaves to the machine. */
export function emitWholePart(graph: GraphBuilder, x: Value): Value {
  const fits = graph.node('Less', [graph.node('Abs', [x]), graph.scalar('float32', INT32_END)])
  return emitCast(graph, graph.node('Where', [fits, x, graph.scalar('float32', 0)]), 'int32')
}

/** Reshapes, or returns the value as it is where it has the shape already. */
export function emitReshape(graph: GraphBuilder, x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  // Without allowzero, a size of 0 means that of the operand.
  return graph.node('Reshape', [x, graph.integers(shape)], shape.includes(0) ? { allowzero: 1 } : {})
}

/** Emits a transposition, where it changes anything. */
export function emitTranspose(graph: GraphBuilder, x: Value, perm: readonly number[]): Value {
  return perm.every((axis, index) => axis === index) ? x : graph.node('Transpose', [x], { perm })
}

/** Reorders [batch, height, width, channels], as tfjs has images, to [batch, channels, height, width], as ONNX has them. */
export function emitChannelsFirst(graph: GraphBuilder, x: Value): Value {
  return emitTranspose(graph, x, [0, 3, 1, 2])
}

/** Reorders [batch, channels, height, width] back to [batch, height, width, channels]. */
export function emitChannelsLast(graph: GraphBuilder, x: Value): Value {
  return emitTranspose(graph, x, [0, 2, 3, 1])
}

/** Cuts `size` elements from `begin` on each axis, every `step`-th. Negative steps walk backwards. */
export function emitSlice(graph: GraphBuilder, x: Value, cut: { begin: Shape; size: Shape; steps?: Shape }): Value {
  const steps = cut.steps ?? x.shape.map(() => 1)
  if (sameShape(cut.size, x.shape) && steps.every((step) => step === 1)) return x
  const ends = cut.begin.map((start, axis) => {
    const end = start + (cut.size[axis] ?? 0) * (steps[axis] ?? 1)
    // ONNX counts negative ends from the back; "before the first element" is written as far below as possible.
    return end < 0 ? -(2 ** 31) : end
  })
  const axes = x.shape.map((_, axis) => axis)
  return graph.node('Slice', [x, graph.integers(cut.begin), graph.integers(ends), graph.integers(axes), graph.integers(steps)])
}

/** Adds elements before and after on each axis, all of them `filler`. */
export function emitPad(
  graph: GraphBuilder,
  x: Value,
  { pads, filler }: { pads: readonly (readonly [number, number])[]; filler: number },
): Value {
  if (pads.every(([before, after]) => before === 0 && after === 0)) return x
  const both = [...pads.map(([before]) => before), ...pads.map(([, after]) => after)]
  const scalar = graph.constant({ dtype: x.dtype, shape: [] }, toTensorData(x.dtype, [filler]))
  return graph.node('Pad', [x, graph.integers(both), scalar])
}
