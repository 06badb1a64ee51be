import { z } from 'zod'
import '../fields.js'
import { initializer } from './initializerSchema.js'

export const activations = ['linear', 'relu', 'sigmoid', 'tanh'] as const
export type Activation = (typeof activations)[number]

const decoderKernels = ['own', 'tied'] as const

export const upsamplings = ['transposedConvolution', 'nearestNeighbor'] as const

/** Largest code and layer width; wider dense layers do not fit a laptop's memory with their optimizer state. */
export const MAXIMUM_WIDTH = 4096
export const MAXIMUM_HIDDEN_LAYERS = 8
/** Each convolution halves the image: more of them leave nothing of 28 pixels. */
export const MAXIMUM_CONVOLUTIONS = 4
export const MAXIMUM_FILTERS = 256

const activation = (title: string, description: string) => z.enum(activations).meta({ title, description })

const latentDimension = z
  .int()
  .min(1)
  .max(MAXIMUM_WIDTH)
  .default(32)
  .meta({ title: 'Code size', description: 'Number of units in the code z. Smaller codes keep less of each image.', scale: 'log' })

const encoder = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('deterministic') })
      .meta({ title: 'Deterministic', description: 'Each input has one code, z = f(x).' }),
    z
      .strictObject({
        kind: z.literal('variational'),
        beta: z.number().min(0).max(1000).default(1).meta({
          title: 'Beta',
          description: 'Weight of the divergence from the prior; 1 maximizes the evidence lower bound, more leaves fewer units in use.',
          scale: 'log',
        }),
      })
      .meta({
        title: 'Variational',
        description: 'Each input has a Gaussian over codes, kept near a standard normal prior (Kingma & Welling 2014).',
      }),
  ])
  .default({ kind: 'deterministic' })
  .meta({ title: 'Encoder', description: 'Whether the code of an input is a point or a distribution.' })

/** What every architecture has besides its layers; the form shows it in this order. */
const units = {
  hiddenActivation: activation('Hidden activation', 'Nonlinearity of the hidden layers.').default('relu'),
  encoder,
  codeActivation: activation('Code activation', '').default('linear').meta({
    title: 'Code activation',
    description: 'Nonlinearity of the code layer; linear in the chapter.',
    advanced: true,
  }),
  outputActivation: activation('Output activation', '').default('sigmoid').meta({
    title: 'Output activation',
    description: 'Nonlinearity of the reconstruction. Sigmoid keeps pixels in 0…1; linear makes the autoencoder comparable with PCA.',
    advanced: true,
  }),
  initializer,
}

const denseArchitecture = z
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

const convolutionalArchitecture = z
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

export const architecture = z
  .discriminatedUnion('kind', [denseArchitecture, convolutionalArchitecture])
  .prefault({ kind: 'dense' })
  .meta({ title: 'Architecture', description: 'The shape of the encoder and the decoder.' })

export type ArchitectureConfig = z.output<typeof architecture>
export type InitializerConfig = ArchitectureConfig['initializer']
