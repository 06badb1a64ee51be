import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { ArchitectureConfig } from './architectureSchema.js'
import type { DenseLayer, Layout } from './Layer.js'

export type DenseConfig = Extract<ArchitectureConfig, { kind: 'dense' }>

/** Lays out the layers of a dense autoencoder: input, hidden widths, code, hidden widths reversed, output. */
export function layOutDense(config: DenseConfig, exampleShape: readonly number[]): Layout {
  const { hiddenWidths, latentDimension, hiddenActivation, codeActivation, outputActivation, encoder: kind, decoderWeights } = config
  const size = sizeOfShape(exampleShape)
  const encoder = chain('encoder', [size, ...hiddenWidths, latentDimension], { hidden: hiddenActivation, last: codeActivation })
  const mirrored = chain('decoder', [latentDimension, ...hiddenWidths.toReversed(), size], {
    hidden: hiddenActivation,
    last: outputActivation,
  })
  const decoder = decoderWeights === 'tied' ? mirrored.map((layer, index) => tie(layer, encoder.at(-1 - index))) : mirrored
  const logVariance = kind.kind === 'variational' ? denseLayer('encoder/logVariance', [hiddenWidths.at(-1) ?? size, latentDimension]) : null
  return { encoder, logVariance, decoder }
}

/** Describes one fully connected layer, its parameters named after it. */
export function denseLayer(
  name: string,
  [inputs, outputs]: readonly [inputs: number, outputs: number],
  activation: DenseLayer['activation'] = 'linear',
): DenseLayer {
  return { kind: 'dense', kernel: `${name}/kernel`, bias: `${name}/bias`, inputs, outputs, activation }
}

function tie(layer: DenseLayer, mirrored: DenseLayer | undefined): DenseLayer {
  return mirrored ? { ...layer, kernel: mirrored.kernel, isTied: true } : layer
}

type Activations = Readonly<Record<'hidden' | 'last', DenseLayer['activation']>>

function chain(prefix: string, widths: readonly number[], { hidden, last }: Activations): DenseLayer[] {
  return widths
    .slice(1)
    .map((outputs, index) => denseLayer(`${prefix}/${index}`, [widths[index] ?? 0, outputs], index === widths.length - 2 ? last : hidden))
}
