import { z } from 'zod'
import '../../fields.js'
import { activations } from '../Activation.js'
import { encoder } from '../encoderSchema.js'
import { initializer } from '../initializerSchema.js'

/** Largest code and layer width; wider dense layers do not fit a laptop's memory with their optimizer state. */
export const MAXIMUM_WIDTH = 4096

const activation = (title: string, description: string) => z.enum(activations).meta({ title, description })

/** Describes how many units the code has, where that is a setting. */
export const latentDimension = z
  .int()
  .min(1)
  .max(MAXIMUM_WIDTH)
  .default(32)
  .meta({ title: 'Code size', description: 'Number of units in the code z. Smaller codes keep less of each image.', scale: 'log' })

/** What every architecture has besides its layers; the form shows it in this order. */
export const units = {
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
