import { AutoencoderError } from '../AutoencoderError.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

/** Checks that a training state has exactly the tensors that a run has; throws AutoencoderError INVALID_TRAINING_STATE naming the first that differs. */
export function requireTrainingState(
  trainingState: NamedTensors,
  expected: Readonly<Record<string, { readonly shape: readonly number[] }>>,
): void {
  for (const [name, { shape }] of Object.entries(expected)) {
    const given = describeShape(trainingState[name])
    if (given !== describeShape({ shape })) throw invalid(name, describeShape({ shape }), given)
  }
  const unexpected = Object.keys(trainingState).find((name) => !Object.hasOwn(expected, name))
  if (unexpected !== undefined) throw invalid(unexpected, 'none', describeShape(trainingState[unexpected]))
}

const describeShape = (tensor: { readonly shape: readonly number[] } | undefined) => (tensor ? `[${tensor.shape.join(', ')}]` : 'none')

const invalid = (name: string, expected: string, got: string) =>
  new AutoencoderError(
    'INVALID_TRAINING_STATE',
    `training state, tensor ${name}: expected ${expected}, got ${got}; resume with the configuration that saved it`,
  )
