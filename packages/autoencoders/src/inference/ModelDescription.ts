import { AutoencoderError } from '../AutoencoderError.js'
import { describeParameters } from '../architectures/layouts.js'
import type { ArchitectureConfig } from '../config/RunConfig.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

/** A trained model: what it is, and its parameters from a checkpoint. */
export interface ModelDescription {
  readonly config: ArchitectureConfig
  readonly exampleShape: readonly number[]
  readonly parameters: NamedTensors
}

/** Picks the parameters that an architecture has, in its order; throws PARAMETERS_MISMATCH where one is missing or of another shape. */
export function pickParameters({ config, exampleShape, parameters }: ModelDescription): NamedTensors {
  return Object.fromEntries(
    describeParameters(config, exampleShape).map(({ name, shape }) => {
      const tensor = parameters[name]
      const got = tensor ? `[${tensor.shape.join(', ')}]` : 'none'
      if (!tensor || got !== `[${shape.join(', ')}]`) {
        throw new AutoencoderError('PARAMETERS_MISMATCH', `parameter ${name}: expected shape [${shape.join(', ')}], got ${got}`)
      }
      return [name, tensor]
    }),
  )
}
