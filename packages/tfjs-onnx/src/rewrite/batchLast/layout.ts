import type { Shape, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { emitReshape } from '../../rules/emission.js'
import { transpose } from '../transposes/TransposedView.js'

/** [batch, channels, height, width] to [channels, height, width, batch]. */
export function toBatchLast(builder: GraphBuilder, x: Value): Value {
  return transpose(builder, x, [1, 2, 3, 0])
}

/** [channels, height, width, batch] to [batch, channels, height, width]. */
export function fromBatchLast(builder: GraphBuilder, x: Value): Value {
  return transpose(builder, x, [3, 0, 1, 2])
}

/** Shows ONNX's operators [channels, height, width, batch] as one image with three spatial axes. */
export function asOneImage(builder: GraphBuilder, x: Value): Value {
  return emitReshape(builder, x, [1, ...x.shape])
}

/** Takes away the axis that asOneImage gives. */
export function fromOneImage(builder: GraphBuilder, x: Value): Value {
  return emitReshape(builder, x, x.shape.slice(1))
}

/** Gives a filter [out, in, height, width] the third spatial axis. */
export function asFlatFilter(builder: GraphBuilder, filter: Value): Value {
  return emitReshape(builder, filter, [...filter.shape, 1])
}

/** Gives the four sizes of a filter’s or an image’s shape. */
export function sizesOf(shape: Shape): readonly [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = shape
  return [a, b, c, d]
}
