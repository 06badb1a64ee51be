import { z } from 'zod'
import { sizeOfShape } from '../../tensors/NamedTensors.js'
import { denseLayer } from '../denseLayer.js'
import { encoderRowOf } from '../encoderRows.js'
import type { DenseLayer, Layout } from '../Layer.js'
import { architectureRow } from './ArchitectureRow.js'
import { latentDimension, MAXIMUM_WIDTH, units } from './settings.js'

export const MAXIMUM_HIDDEN_LAYERS = 8

const decoderKernels = ['own', 'tied'] as const

const schema = z
  .strictObject({
    kind: z.literal('dense'),
    latentDimension,
    hiddenWidths: z.array(z.int().min(1).max(MAXIMUM_WIDTH)).max(MAXIMUM_HIDDEN_LAYERS).default([]).meta({
      title: 'Hidden widths',
      description: 'Widths of the encoder’s hidden layers, from input to code; the decoder mirrors them. Empty: input, code, output only.',
    }),
    decoderWeights: z.enum(decoderKernels).default('own').meta({
      title: 'Decoder weights',
      description: 'Weights of its own in each layer of the decoder, or those of the encoder’s layer that it mirrors, transposed (tied).',
      advanced: true,
    }),
    ...units,
  })
  .meta({ title: 'Dense', description: 'Fully connected encoder and decoder.' })

type DenseConfig = z.output<typeof schema>

/** Of each value that a layer gives in a training step: it, its gradient, and what the runtime keeps around them. */
const HELD_IN_STEP = 5
const HELD_IN_EVALUATION = 4.5

export const dense = architectureRow({
  schema,
  adjective: 'dense',
  layOut,
  needsImages: false,
  hasExactJacobian: true,
  isAffineDecoder: ({ hiddenWidths, hiddenActivation, outputActivation }) =>
    outputActivation === 'linear' && (hiddenWidths.length === 0 || hiddenActivation === 'linear'),
  linearSettings: { decoderWeights: 'own', hiddenWidths: [] },
  sizeSetting: 'hiddenWidths',
  decoderDetails: ({ decoderWeights }) => (decoderWeights === 'tied' ? ['tied weights'] : []),
  activationSeconds: 1.5e-9,
  heldValues: (_, { values }) => ({ training: HELD_IN_STEP * values, evaluation: HELD_IN_EVALUATION * values }),
})

/** Lays out input, hidden widths, code, hidden widths reversed, output. */
function layOut(config: DenseConfig, exampleShape: readonly number[]): Layout {
  const { hiddenWidths, hiddenActivation, codeActivation, outputActivation, decoderWeights } = config
  const size = sizeOfShape(exampleShape)
  const code = config.latentDimension
  const encoder = chain('encoder', [size, ...hiddenWidths, code], { hidden: hiddenActivation, last: codeActivation })
  const mirrored = chain('decoder', [code, ...hiddenWidths.toReversed(), size], { hidden: hiddenActivation, last: outputActivation })
  const decoder = decoderWeights === 'tied' ? mirrored.map((layer, index) => tie(layer, encoder.at(-1 - index))) : mirrored
  const { givesDistribution } = encoderRowOf(config.encoder)
  const logVariance = givesDistribution ? denseLayer('encoder/logVariance', [hiddenWidths.at(-1) ?? size, code]) : null
  return { encoder, logVariance, decoder }
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
