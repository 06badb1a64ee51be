import type { ArchitectureConfig } from './architectureSchema.js'
import { denseLayer } from './dense.js'
import type { ConvolutionLayer, ImageShape, Layer, Layout } from './Layer.js'

export type ConvolutionalConfig = Extract<ArchitectureConfig, { kind: 'convolutional' }>

/**
 * Lays out the layers of a convolutional autoencoder of grey images [height, width]: convolutions that halve the image, then a convolution
 * or a dense layer to the code, and the mirror image of all that. Odd heights and widths are halved rounding up.
 */
export function layOutConvolutional(config: ConvolutionalConfig, exampleShape: readonly number[]): Layout {
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
    logVariance: config.encoder.kind === 'variational' ? join('encoder/logVariance', 'encode', 'linear') : null,
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
