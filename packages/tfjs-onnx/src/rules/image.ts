import type { Value } from '../graph.js'
import { type AxisMap, emitAxisMap, transposeMap } from './axisMaps.js'
import { emitCast } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'
import { emitReversed } from './slice_join.js'

interface Resizing {
  readonly from: number
  readonly to: number
  readonly alignCorners: boolean
  readonly halfPixelCenters: boolean
}

/** Resizes along one axis as tfjs does: what each pixel of the result is made of. */
type Interpolation = (resizing: Resizing) => AxisMap

function ratio({ from, to, alignCorners }: Resizing): number {
  return alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to
}

const nearest: Interpolation = (resizing) =>
  Array.from({ length: resizing.to }, (_, index) => {
    const place = ratio(resizing) * (resizing.halfPixelCenters ? index + 0.5 : index)
    const whole = resizing.alignCorners ? Math.round(place) : Math.floor(place)
    return [{ source: Math.min(resizing.from - 1, whole), weight: 1 }]
  })

const bilinear: Interpolation = (resizing) =>
  Array.from({ length: resizing.to }, (_, index) => {
    const place = resizing.halfPixelCenters ? ratio(resizing) * (index + 0.5) - 0.5 : ratio(resizing) * index
    const low = Math.max(0, Math.floor(place))
    const high = Math.min(resizing.from - 1, Math.ceil(place))
    const fraction = place - low
    if (high <= low || fraction === 0) return [{ source: low, weight: 1 }]
    return [
      { source: low, weight: 1 - fraction },
      { source: high, weight: fraction },
    ]
  })

function axisMaps(call: KernelCall, interpolation: Interpolation, sizes: { from: readonly number[]; to: readonly number[] }) {
  return [1, 2].map((axis, index) => {
    const [from = 0, to = 0] = [sizes.from[axis], sizes.to[index]]
    const options = { alignCorners: call.flag('alignCorners'), halfPixelCenters: call.flag('halfPixelCenters') }
    return { axis, from, map: interpolation({ from, to, ...options }) }
  })
}

function emitResize(call: KernelCall, interpolation: Interpolation, as: (images: Value) => Value = (images) => images): Value {
  const images = as(call.input('images'))
  const maps = axisMaps(call, interpolation, { from: images.shape, to: call.numbers('size') })
  return maps.reduce((x, { axis, map }) => emitAxisMap(call.graph, x, { axis, map }), images)
}

/** Resizing is linear, so that its gradient is the transposed map. */
function emitResizeGradient(call: KernelCall, interpolation: Interpolation): Value {
  const [images, dy] = [call.input('images'), call.input('dy')]
  const maps = axisMaps(call, interpolation, { from: images.shape, to: dy.shape.slice(1, 3) })
  return maps.reduce((x, { axis, from, map }) => emitAxisMap(call.graph, x, { axis, map: transposeMap(map, from) }), dy)
}

const once = 'tfjs has no second derivative'
const transpose = 'the transpose of what was computed, where the cpu backend of tfjs is wrong'

/** Images [batch, height, width, channels] in other sizes. */
export const imageRules = {
  FlipLeftRight: { emit: (call) => emitReversed(call.graph, call.input('image'), [2]), since: 13, tolerance: 0 },
  ResizeBilinear: {
    emit: (call) => emitResize(call, bilinear, (images) => emitCast(call.graph, images, 'float32')),
    dtypes: ['float32', 'int32'],
    since: 14,
    tolerance: 1e-6,
  },
  ResizeBilinearGrad: {
    emit: (call) => emitResizeGradient(call, bilinear),
    since: 14,
    tolerance: 1e-5,
    note: `${transpose} with halfPixelCenters and for images that are not square; ${once}`,
  },
  ResizeNearestNeighbor: { emit: (call) => emitResize(call, nearest), dtypes: ['float32', 'int32'], since: 13, tolerance: 0 },
  ResizeNearestNeighborGrad: {
    emit: (call) => emitResizeGradient(call, nearest),
    since: 14,
    tolerance: 1e-5,
    note: `${transpose} with halfPixelCenters and for more than one image; ${once}`,
  },
} as const satisfies Rules
