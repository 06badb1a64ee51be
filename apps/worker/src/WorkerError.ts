export type WorkerErrorCode = 'ARTIFACT_MISSING' | 'ARTIFACT_DAMAGED' | 'CONFIG_UNREADABLE' | 'DATASET_CHANGED' | 'BAD_USER_INPUT'

/** Reports why a run cannot go on. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError'

  constructor(
    readonly code: WorkerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
