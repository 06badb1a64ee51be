import { z } from 'zod'
import { denseLayer } from '../denseLayer.js'
import { encoderRowOf } from '../encoderRows.js'
import type { ConvolutionLayer, ImageShape, Layer, Layout } from '../Layer.js'
import { architectureRow } from './ArchitectureRow.js'
import { latentDimension, units } from './settings.js'

const upsamplings = ['transposedConvolution', 'nearestNeighbor'] as const

/** Each convolution halves the image: more of them leave nothing of 28 pixels. */
export const MAXIMUM_CONVOLUTIONS = 4
export const MAXIMUM_FILTERS = 256

const bottleneck = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('featureMap'),
        channels: z.int().min(1).max(MAXIMUM_FILTERS).default(8).meta({
          title: 'Channels',
          description: 'Feature maps of the code; its size is this times the pixels that the convolutions leave.',
        }),
      })
      .meta({ title: 'Feature maps', description: 'The code is a small image of several channels, and keeps where things are.' }),
    z.strictObject({ kind: z.literal('dense'), latentDimension }).meta({
      title: 'Dense',
      description: 'A dense layer each way joins the last feature maps and a code without places.',
    }),
  ])
  .prefault({ kind: 'featureMap' })
  .meta({ title: 'Code', description: 'What the code is.' })

const schema = z
  .strictObject({
    kind: z.literal('convolutional'),
    filters: z.array(z.int().min(1).max(MAXIMUM_FILTERS)).min(1).max(MAXIMUM_CONVOLUTIONS).default([24, 40]).meta({
      title: 'Filters',
      description: 'Filters of the encoder’s convolutions, each of which halves the image; the decoder mirrors them.',
    }),
    kernelSize: z.int().min(2).max(7).default(3).meta({
      title: 'Kernel size',
      description: 'Width and height of every filter.',
      unit: 'pixels',
    }),
    bottleneck,
    upsampling: z.enum(upsamplings).default('transposedConvolution').meta({
      title: 'Upsampling',
      description: 'How the decoder enlarges: by transposed convolutions, or by repeating each pixel before an ordinary convolution.',
    }),
    ...units,
  })
  .meta({ title: 'Convolutional', description: 'Convolutions in the encoder, transposed convolutions or upsampling in the decoder.' })

type ConvolutionalConfig = z.output<typeof schema>

/** Of each value that a layer gives. */
const HELD_IN_STEP = 2
const HELD_IN_EVALUATION = 7
/** A step also holds so many patches of the image for each of its pixels. */
const HELD_PATCHES = 8

export const convolutional = architectureRow({
  schema,
  adjective: 'convolutional',
  layOut,
  needsImages: true,
  hasExactJacobian: false,
  // Linear convolutions are affine too, but share weights: they cannot reach every space that components span, and are not compared with these.
  isAffineDecoder: () => false,
  linearSettings: null,
  sizeSetting: 'filters',
  decoderDetails: () => [],
  // Convolutions also rearrange theirs, and sum up gradients of biases over all pixels.
  activationSeconds: 6e-9,
  heldValues: ({ kernelSize }, { values, size }) => ({
    training: HELD_IN_STEP * values + HELD_PATCHES * kernelSize ** 2 * size,
    evaluation: HELD_IN_EVALUATION * values,
  }),
})

/**
 * Lays out layers for grey images [height, width]: convolutions that halve the image, then a convolution
 * or a dense layer to the code, and the mirror image of all that. Odd heights and widths are halved rounding up.
 */
function layOut(config: ConvolutionalConfig, exampleShape: readonly number[]): Layout {
  const { kernelSize, bottleneck, hiddenActivation, codeActivation, outputActivation } = config
  const [height = 1, width = 1] = exampleShape
  const shapes: ImageShape[] = [[height, width, 1]]
  for (const filters of config.filters) shapes.push(halve(shapes.at(-1) ?? [1, 1, 1], filters))
  const last = shapes.at(-1) ?? [1, 1, 1]

  const layer = (
    name: string,
    shape: Pick<ConvolutionLayer, 'kind' | 'from' | 'to' | 'stride'>,
    activation: Layer['activation'],
  ): Layer => ({
    ...shape,
    kernel: `${name}/kernel`,
    bias: `${name}/bias`,
    kernelSize,
    activation,
  })
  /** Joins the last feature maps and the code: `encode` is a layer to it, `decode` one from it. */
  const join = (name: string, direction: 'encode' | 'decode', activation: Layer['activation']): Layer => {
    if (bottleneck.kind === 'dense') {
      const [inner, outer] = [bottleneck.latentDimension, last[0] * last[1] * last[2]]
      return denseLayer(name, direction === 'encode' ? [outer, inner] : [inner, outer], activation)
    }
    const code: ImageShape = [last[0], last[1], bottleneck.channels]
    const ends = direction === 'encode' ? { from: last, to: code } : { from: code, to: last }
    return layer(name, { kind: 'convolution', ...ends, stride: 1 }, activation)
  }

  const halvings = shapes.slice(1).map((to, index) => ({ from: shapes[index] ?? to, to }))
  const enlarging = enlargingKinds[config.upsampling]
  return {
    encoder: [
      ...halvings.map((ends, index) => layer(`encoder/${index}`, { kind: 'convolution', ...ends, stride: 2 }, hiddenActivation)),
      join(`encoder/${halvings.length}`, 'encode', codeActivation),
    ],
    logVariance: encoderRowOf(config.encoder).givesDistribution ? join('encoder/logVariance', 'encode', 'linear') : null,
    decoder: [
      join('decoder/0', 'decode', hiddenActivation),
      ...halvings.toReversed().map(({ from, to }, index) => {
        const activation = index === halvings.length - 1 ? outputActivation : hiddenActivation
        return layer(`decoder/${index + 1}`, { ...enlarging, from: to, to: from }, activation)
      }),
    ],
  }
}

const enlargingKinds = {
  transposedConvolution: { kind: 'transposedConvolution', stride: 2 },
  nearestNeighbor: { kind: 'upsampledConvolution', stride: 1 },
} as const

function halve([height, width]: ImageShape, channels: number): ImageShape {
  return [Math.ceil(height / 2), Math.ceil(width / 2), channels]
}
