export type AutoencoderErrorCode =
  | 'INVALID_CONFIG'
  | 'DATASET_MISMATCH'
  | 'DIVERGED'
  | 'EMPTY_IMAGE'
  | 'ENGINE_UNAVAILABLE'
  | 'INVALID_COMPONENT_COUNT'
  | 'INVALID_SAFETENSORS'
  | 'INVALID_TRAINING_STATE'
  | 'PARAMETERS_MISMATCH'
  | 'WRONG_LENGTH'

/** Reports what this package refuses: the message names the subject, what was expected and what came. */
export class AutoencoderError extends Error {
  override readonly name = 'AutoencoderError'

  constructor(
    readonly code: AutoencoderErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
