import { engine } from '@tensorflow/tfjs-core'
import { type DType, sizeOf, type Value } from '../graph.js'
import { emitTaken } from './axisMaps.js'
import { blockRules } from './blocks.js'
import { emitCast, emitPad, emitReshape, emitWholePart } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'

const any: readonly DType[] = ['float32', 'int32', 'bool']

function emitCastTo(call: KernelCall): Value {
  const [x, dtype] = [call.input('x'), call.dtype('dtype', 'float32')]
  return x.dtype === 'float32' && dtype === 'int32' ? emitWholePart(call.graph, x) : emitCast(call.graph, x, dtype)
}

/** One size may be -1: what is left. */
function emitReshapeTo(call: KernelCall): Value {
  const x = call.input('x')
  const shape = call.numbers('shape')
  const known = sizeOf(shape.filter((size) => size !== -1))
  return emitReshape(
    call.graph,
    x,
    shape.map((size) => (size === -1 ? sizeOf(x.shape) / known : size)),
  )
}

function emitExpandDims(call: KernelCall): Value {
  const x = call.input('input')
  const axis = call.axis('dim', x.shape.length + 1)
  return emitReshape(call.graph, x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)])
}

/** tfjs's gradient of mirrorPad drops what the mirrored elements contribute: training would silently go another way. */
const gradientAdvice = "tfjs's gradient of mirrorPad is wrong: join tf.reverse of tf.slice with tf.concat, or pad outside the gradient."

/** The elements that a mirror shows beyond each end: with the outermost element (symmetric), or from the one after it (reflect). */
function emitMirrorPad(call: KernelCall): Value {
  if (engine().state.gradientDepth > 0) {
    call.fail('UNSUPPORTED_OP', { expected: 'no gradient to be taken', got: 'a call inside one', advice: gradientAdvice })
  }
  const x = call.input('x')
  const offset = call.choice('mode', ['reflect', 'symmetric']) === 'symmetric' ? 1 : 0
  return call.pairs('paddings').reduce((padded, [before, after], axis) => {
    const size = x.shape[axis] ?? 0
    const sources = Array.from({ length: before + size + after }, (_, index) => {
      const place = index - before
      if (place < 0) return -place - offset
      return place < size ? place : 2 * (size - 1) - place + offset
    })
    return emitTaken(call.graph, padded, { sources, axis })
  }, x)
}

/** Changes of type and shape. */
export const transformationRules = {
  ...blockRules,
  Cast: {
    emit: emitCastTo,
    dtypes: any,
    since: 16,
    tolerance: 0,
    note: 'float32 to int32 truncates; NaN gives 0, as numbers beyond int32 do, of which tfjs gives the last 32 bits',
  },
  ExpandDims: { emit: emitExpandDims, dtypes: any, since: 14, tolerance: 0 },
  MirrorPad: {
    emit: emitMirrorPad,
    dtypes: any,
    since: 13,
    tolerance: 0,
    note: "inside a gradient it throws, because tfjs's gradient leaves out what the mirrored elements contribute",
  },
  PadV2: {
    emit: (call) => emitPad(call.graph, call.input('x'), { pads: call.pairs('paddings'), filler: call.number('constantValue', 0) }),
    dtypes: any,
    since: 18,
    tolerance: 0,
  },
  Reshape: { emit: emitReshapeTo, dtypes: any, since: 14, tolerance: 0 },
} as const satisfies Rules
