import { backend_util } from '@tensorflow/tfjs-core'
import { type DType, sizeOf, type Value } from '../graph.js'
import { emitPad, emitReshape, emitSlice, emitTranspose } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'

const any: readonly DType[] = ['float32', 'int32', 'bool']

/** Moves blocks of the spatial axes into the batch. */
function emitSpaceToBatch(call: KernelCall): Value {
  const { graph } = call
  const x = call.input('x')
  const block = [...call.numbers('blockShape')]
  const paddings = call.pairs('paddings')
  const pads = x.shape.map((_, axis): readonly [number, number] => paddings[axis - 1] ?? [0, 0])
  const padded = emitPad(graph, x, { pads, filler: 0 })
  const split = emitReshape(graph, padded, backend_util.getReshaped([...padded.shape], block, sizeOf(block), false))
  const moved = emitTranspose(graph, split, backend_util.getPermuted(split.shape.length, block.length, false))
  return emitReshape(graph, moved, backend_util.getReshapedPermuted([...padded.shape], block, sizeOf(block), false))
}

/** Moves the batch back into blocks of the spatial axes. */
function emitBatchToSpace(call: KernelCall): Value {
  const { graph } = call
  const x = call.input('x')
  const [block, crops] = [[...call.numbers('blockShape')], call.pairs('crops')]
  const split = emitReshape(graph, x, backend_util.getReshaped([...x.shape], block, sizeOf(block)))
  const moved = emitTranspose(graph, split, backend_util.getPermuted(split.shape.length, block.length))
  const joined = emitReshape(graph, moved, backend_util.getReshapedPermuted([...x.shape], block, sizeOf(block)))
  const cropOf = (axis: number) => crops[axis - 1] ?? [0, 0]
  return emitSlice(graph, joined, {
    begin: joined.shape.map((_, axis) => cropOf(axis)[0]),
    size: joined.shape.map((size, axis) => size - cropOf(axis)[0] - cropOf(axis)[1]),
  })
}

/** Spreads the channels of each pixel over a block of pixels: channel (i size + j) depth + d goes to row i, column j, channel d. */
function emitDepthToSpace(call: KernelCall): Value {
  const { graph } = call
  const x = call.input('x')
  if (call.choice('dataFormat', ['NHWC', 'NCHW']) === 'NCHW') {
    call.fail('UNSUPPORTED_SHAPE', {
      expected: 'dataFormat NHWC',
      got: 'NCHW',
      advice: 'Transpose to [batch, height, width, channels] with tf.transpose.',
    })
  }
  const size = call.number('blockSize')
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape
  const depth = channels / size ** 2
  const split = emitReshape(graph, x, [batch, height, width, size, size, depth])
  return emitReshape(graph, emitTranspose(graph, split, [0, 1, 3, 2, 4, 5]), [batch, height * size, width * size, depth])
}

/** Exchanges between the spatial axes and the batch or the channels. */
export const blockRules = {
  BatchToSpaceND: { emit: emitBatchToSpace, dtypes: any, since: 14, tolerance: 0 },
  DepthToSpace: { emit: emitDepthToSpace, dtypes: any, since: 14, tolerance: 0, note: 'NHWC' },
  SpaceToBatchND: { emit: emitSpaceToBatch, dtypes: any, since: 18, tolerance: 0 },
} as const satisfies Rules
