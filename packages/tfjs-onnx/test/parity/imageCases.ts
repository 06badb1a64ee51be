import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { tf } from '../eager.js'
import { uniformArray } from '../numbers.js'
import { dilated, type Geometry, geometries, pair, rounded, strided, withEqualSides } from './imageGeometry.js'
import type { ParityCase, ParityExample } from './ParityCase.js'
import { activations } from './structureCases.js'

const image = ({ batch, size, channels }: Geometry) => ({ shape: [batch, ...size, channels] })
const filter = ({ kernel, channels, filters }: Geometry) => ({ shape: [...kernel, channels, filters] })

/** Whole sizes for a transposed convolution: those that a convolution would make of the result. */
const shrunk = (geometry: Geometry) => {
  const { outShape } = tf.backend_util.computeConv2DInfo(
    [geometry.batch, ...geometry.size, geometry.channels],
    [...geometry.kernel, geometry.channels, geometry.filters],
    geometry.strides,
    [1, 1],
    geometry.pad,
  )
  return outShape
}

const convolution = (x: Tensor, w: Tensor, { strides, pad, dilations }: Geometry) =>
  tf.conv2d(x as Tensor4D, w as Tensor4D, strides, pad, 'NHWC', dilations)

const depthwise = (x: Tensor, w: Tensor, { strides, pad, dilations }: Geometry) =>
  tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, strides, pad as 'same', 'NHWC', dilations)

type TwoTensors = (a: Tensor, b: Tensor) => Tensor
const two = (geometry: Geometry, call: TwoTensors): ParityExample => ({
  inputs: [image(geometry), filter(geometry)],
  call: (x, w) => call(x as Tensor, w as Tensor),
})

/** Fused kernels with their gradients are what tf.layers calls. */
const fused = (activation: (typeof activations)[number]): ParityCase => ({
  kernel: 'FusedConv2D',
  title: activation,
  gradient: activation === 'linear' || activation === 'relu',
  example: strided.map((geometry) => ({
    inputs: [image(geometry), filter(geometry), { shape: [geometry.filters] }],
    call: (x, w, bias) =>
      tf.fused.conv2d({
        x: x as Tensor4D,
        filter: w as Tensor4D,
        strides: geometry.strides,
        pad: geometry.pad,
        bias: bias as Tensor,
        activation,
        ...(activation === 'prelu' && { preluActivationWeights: tf.linspace(-1, 1, geometry.filters) }),
        leakyreluAlpha: 0.1,
      }),
  })),
})

/** Pools whose windows are never wholly in the padding. */
const pools = strided.map((geometry): Geometry => {
  const isShort = Math.min(...geometry.kernel) > 1
  return { ...geometry, pad: geometry.pad === 'same' || (geometry.pad === 1 && isShort) ? geometry.pad : 'valid' }
})

const pooling = (kernel: string, call: (x: Tensor4D, geometry: Geometry) => Tensor, options: Partial<ParityCase> = {}): ParityCase => ({
  kernel,
  example: pools.map((geometry) => ({ inputs: [image(geometry)], call: (x) => call(x as Tensor4D, geometry) })),
  ...options,
})

const maxPool = (x: Tensor4D, { kernel, strides, pad }: Geometry) => tf.maxPool(x, kernel, strides, pad as 'same')
const avgPool = (x: Tensor4D, { kernel, strides, pad }: Geometry) => tf.avgPool(x, kernel, strides, pad as 'same')

const gradientOf = (call: (x: Tensor) => Tensor) => (x: Tensor) => {
  const y = call(x)
  return tf.grad((each) => tf.sum(tf.mul(call(each), tf.tensor(uniformArray(y.size, y.size), y.shape))))(x)
}

interface Resizing {
  readonly from: readonly [number, number]
  readonly to: [number, number]
  readonly mode: 'alignCorners' | 'halfPixelCenters' | 'neither'
}

const side = fc.integer({ min: 1, max: 7 })
const resizings = fc.record({ from: pair(side), to: pair(side), mode: fc.constantFrom('alignCorners', 'halfPixelCenters', 'neither') })
type Resize = typeof tf.image.resizeBilinear

const resize =
  (call: Resize, { to, mode }: Resizing) =>
  (x: Tensor) =>
    call(x as Tensor4D, to, mode === 'alignCorners', mode === 'halfPixelCenters')

const resizing = (kernel: string, call: Resize): ParityCase => ({
  kernel,
  gradient: false,
  example: resizings.map((each) => ({
    inputs: [{ shape: [2, ...each.from, 3] }],
    call: (x) => resize(call, each as Resizing)(x as Tensor),
  })),
})

/** What tfjs's cpu backend gets wrong is left out here, and checked against the forward pass in linearMaps.test.ts. */
const resizingGradient = (kernel: string, call: Resize): ParityCase => ({
  kernel,
  gradient: false,
  example: resizings.map(({ from: [square], to, mode }) => ({
    inputs: [{ shape: [1, square, square, 3] }],
    call: (x) =>
      gradientOf(resize(call, { from: [square, square], to, mode: mode === 'alignCorners' && square > 1 ? mode : 'neither' }))(x as Tensor),
  })),
})

export const imageCases: readonly ParityCase[] = [
  { kernel: 'Conv2D', example: strided.map((geometry) => two(geometry, (x, w) => convolution(x, w, geometry))) },
  {
    kernel: 'Conv2D',
    title: 'dilated',
    gradient: false,
    example: dilated.map((geometry) => two(geometry, (x, w) => convolution(x, w, geometry))),
  },
  {
    kernel: 'Conv2D',
    title: 'with the channels first',
    example: strided
      .filter(({ pad }) => typeof pad !== 'object')
      .map((geometry) => ({
        inputs: [{ shape: [geometry.batch, geometry.channels, ...geometry.size] }, filter(geometry)],
        call: (x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, geometry.strides, geometry.pad, 'NCHW'),
      })),
  },
  {
    kernel: 'Conv2D',
    title: 'with its sizes rounded',
    gradient: false,
    example: rounded.map((geometry) =>
      two(withEqualSides(geometry), (x, w) =>
        tf.conv2d(x as Tensor4D, w as Tensor4D, geometry.strides[0], 1, 'NHWC', 1, geometry.mode as 'floor' | 'round' | 'ceil'),
      ),
    ),
  },
  {
    kernel: 'Conv2DBackpropInput',
    title: 'as transposed convolution',
    example: strided.map((geometry) => ({
      inputs: [{ shape: shrunk(geometry) }, filter(geometry)],
      call: (x, w) =>
        tf.conv2dTranspose(
          x as Tensor4D,
          w as Tensor4D,
          [geometry.batch, ...geometry.size, geometry.channels],
          geometry.strides,
          geometry.pad,
        ),
    })),
  },
  {
    kernel: 'Conv2DBackpropFilter',
    gradient: false,
    example: strided.map((geometry) => two(geometry, (x, w) => tf.grad((each) => tf.sum(tf.square(convolution(x, each, geometry))))(w))),
  },
  ...activations.map(fused),
  {
    kernel: 'FusedConv2D',
    title: 'with the channels first',
    gradient: false,
    example: strided
      .filter(({ pad }) => typeof pad !== 'object')
      .map((geometry) => ({
        inputs: [
          { shape: [geometry.batch, geometry.channels, ...geometry.size] },
          filter(geometry),
          { shape: [geometry.filters] },
          { shape: [geometry.filters] },
        ],
        call: (x, w, bias, alpha) =>
          tf.fused.conv2d({
            x: x as Tensor4D,
            filter: w as Tensor4D,
            strides: geometry.strides,
            pad: geometry.pad,
            dataFormat: 'NCHW',
            bias: bias as Tensor,
            activation: 'prelu',
            preluActivationWeights: alpha as Tensor,
          }),
      })),
  },

  { kernel: 'DepthwiseConv2dNative', example: strided.map((geometry) => two(geometry, (x, w) => depthwise(x, w, geometry))) },
  {
    kernel: 'DepthwiseConv2dNative',
    title: 'dilated',
    gradient: false,
    example: dilated.map((geometry) => two(geometry, (x, w) => depthwise(x, w, geometry))),
  },
  {
    kernel: 'DepthwiseConv2dNativeBackpropFilter',
    gradient: false,
    example: strided.map((geometry) => two(geometry, (x, w) => tf.grad((each) => tf.sum(tf.square(depthwise(x, each, geometry))))(w))),
  },
  {
    kernel: 'DepthwiseConv2dNativeBackpropInput',
    gradient: false,
    example: strided.map((geometry) => two(geometry, (x, w) => tf.grad((each) => tf.sum(tf.square(depthwise(each, w, geometry))))(x))),
  },
  {
    kernel: 'FusedDepthwiseConv2D',
    gradient: false,
    example: fc.tuple(strided, fc.constantFrom(...activations)).map(([geometry, activation]) => ({
      inputs: [image(geometry), filter(geometry), { shape: [geometry.channels * geometry.filters] }],
      call: (x, w, bias) =>
        tf.fused.depthwiseConv2d({
          x: x as Tensor4D,
          filter: w as Tensor4D,
          strides: geometry.strides,
          pad: geometry.pad as 'same',
          bias: bias as Tensor,
          activation,
          ...(activation === 'prelu' && { preluActivationWeights: tf.linspace(-1, 1, geometry.channels * geometry.filters) }),
          leakyreluAlpha: 0.1,
        }),
    })),
  },

  pooling('MaxPool', maxPool),
  pooling('MaxPool', (x, geometry) => maxPool(tf.round(x), geometry), { title: 'of equals', gradient: false }),
  pooling('MaxPoolGrad', (x, geometry) => gradientOf((each) => maxPool(each as Tensor4D, geometry))(tf.round(x)), {
    title: 'of equals',
    gradient: false,
  }),
  pooling('AvgPool', avgPool, { gradient: false }),
  pooling('AvgPoolGrad', (x, geometry) => gradientOf((each) => avgPool(each as Tensor4D, { ...geometry, pad: 'valid' }))(x), {
    gradient: false,
  }),

  resizing('ResizeBilinear', tf.image.resizeBilinear),
  resizing('ResizeNearestNeighbor', tf.image.resizeNearestNeighbor),
  resizingGradient('ResizeBilinearGrad', tf.image.resizeBilinear),
  resizingGradient('ResizeNearestNeighborGrad', tf.image.resizeNearestNeighbor),
  {
    kernel: 'FlipLeftRight',
    gradient: false,
    example: geometries.map((geometry) => ({ inputs: [image(geometry)], call: (x) => tf.image.flipLeftRight(x as Tensor4D) })),
  },
]
