import type { backend_util } from '@tensorflow/tfjs-core'
import type { Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { emitChannelsFirst, emitChannelsLast, emitPad, emitSlice } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rule, Rules } from './Rule.js'
import { emitWindowSums, type WindowPlaces } from './windowSums.js'
import { onnxWindows, readPooling, windowCoverage } from './windows.js'

type Info = backend_util.Conv2DInfo

/** Leaves NaN out of a maximum, as tfjs does; in ONNX Runtime, what it does to one depends on where it stands. */
function withoutNaN(graph: GraphBuilder, x: Value): Value {
  return graph.node('Where', [graph.node('IsNaN', [x]), graph.scalar('float32', Number.NEGATIVE_INFINITY), x])
}

function pooling(op: 'AveragePool' | 'MaxPool', row: Omit<Rule, 'emit'>): Rule {
  return {
    ...row,
    emit: (call) => {
      const x = call.input('x')
      const info = readPooling(call, x.shape)
      const { strides, pads = [] } = onnxWindows(info)
      const attributes = { kernel_shape: [info.filterHeight, info.filterWidth], strides, pads }
      const images = op === 'MaxPool' ? withoutNaN(call.graph, x) : x
      return emitChannelsLast(call.graph, call.graph.node(op, [emitChannelsFirst(call.graph, images)], attributes))
    },
  }
}

function windowPlaces({ inHeight, inWidth, strideHeight, strideWidth, padInfo }: Info): WindowPlaces {
  return { sizes: [inHeight, inWidth], strides: [strideHeight, strideWidth], before: [padInfo.top, padInfo.left] }
}

/** Makes a grid of what `make` gives for each row and column of the window, in row-major order. */
function forWindow({ filterHeight, filterWidth }: Info, make: (row: number, column: number) => Value): readonly (readonly Value[])[] {
  return Array.from({ length: filterHeight }, (_, row) => Array.from({ length: filterWidth }, (_, column) => make(row, column)))
}

/** Every window's share goes in equal parts to those of its elements that lie on the image. */
function emitAveragePoolGradient(call: KernelCall): Value {
  const { graph } = call
  const info = readPooling(call, call.input('input').shape)
  const coverage = windowCoverage(info).map((count) => 1 / count)
  const parts = graph.constant({ dtype: 'float32', shape: [1, info.outHeight, info.outWidth, 1] }, coverage)
  const value = graph.node('Mul', [call.input('dy'), parts])
  const shares = forWindow(info, () => value)
  return emitWindowSums(graph, shares, windowPlaces(info))
}

/**
 * Every window's share goes to its first element that equals its maximum. Going through the elements of all windows at once,
 * `rest` is what no earlier element has taken. Overlapping windows add up.
 */
function emitMaxPoolGradient(call: KernelCall): Value {
  const { graph } = call
  const [x, y] = [call.input('input'), call.input('output')]
  const info = readPooling(call, x.shape)
  const zero = graph.scalar('float32', 0)
  const padded = emitPaddedForWindows(graph, x, info)
  let rest = call.input('dy')
  const elements = forWindow(info, (row, column) => {
    const isMaximum = graph.node('Equal', [emitWindowElement(graph, padded, { row, column, info }), y])
    const value = graph.node('Where', [isMaximum, rest, zero])
    rest = graph.node('Where', [isMaximum, zero, rest])
    return value
  })
  return emitWindowSums(graph, elements, windowPlaces(info))
}

function emitPaddedForWindows(graph: GraphBuilder, x: Value, info: Info): Value {
  const { pads } = onnxWindows(info)
  const [top = 0, left = 0, bottom = 0, right = 0] = Array.isArray(pads) ? pads : []
  return emitPad(graph, x, {
    pads: [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    filler: Number.NEGATIVE_INFINITY,
  })
}

/** Cuts one element out of every window: [batch, rows of windows, columns of windows, channels]. */
function emitWindowElement(graph: GraphBuilder, x: Value, { row, column, info }: { row: number; column: number; info: Info }): Value {
  const [batch = 0, , , channels = 0] = x.shape
  return emitSlice(graph, x, {
    begin: [0, row, column, 0],
    size: [batch, info.outHeight, info.outWidth, channels],
    steps: [1, info.strideHeight, info.strideWidth, 1],
  })
}

const once = 'tfjs has no second derivative'

/** Averages and maxima of windows of images. */
export const poolingRules = {
  AvgPool: pooling('AveragePool', { since: 13, tolerance: 1e-5 }),
  AvgPoolGrad: {
    emit: emitAveragePoolGradient,
    since: 18,
    tolerance: 1e-5,
    note: `divides by the elements on the image, where tfjs counts the padding too and so is wrong at the border; ${once}`,
  },
  MaxPool: pooling('MaxPool', {
    since: 16,
    tolerance: 0,
    note: 'NaN is left out; of nothing but NaN or -Infinity it is the least finite number',
  }),
  MaxPoolGrad: { emit: emitMaxPoolGradient, since: 18, tolerance: 1e-5, note: `goes to the first of equals; windows may overlap; ${once}` },
} as const satisfies Rules
