export const errorCodes = {
  badUserInput: 'BAD_USER_INPUT',
  invalidConfig: 'INVALID_CONFIG',
  runTooLarge: 'RUN_TOO_LARGE',
  runNotFound: 'RUN_NOT_FOUND',
  runNotActive: 'RUN_NOT_ACTIVE',
  runNotQueued: 'RUN_NOT_QUEUED',
  runNotResumable: 'RUN_NOT_RESUMABLE',
  runNotCompleted: 'RUN_NOT_COMPLETED',
  runNotExtendable: 'RUN_NOT_EXTENDABLE',
  experimentNotFound: 'EXPERIMENT_NOT_FOUND',
  experimentNotActive: 'EXPERIMENT_NOT_ACTIVE',
  experimentNotResumable: 'EXPERIMENT_NOT_RESUMABLE',
  viewNotFound: 'VIEW_NOT_FOUND',
  reportNotFound: 'REPORT_NOT_FOUND',
  reportChanged: 'REPORT_CHANGED',
  reportUnreadable: 'REPORT_UNREADABLE',
  runInExperiment: 'RUN_IN_EXPERIMENT',
  runNotInExperiment: 'RUN_NOT_IN_EXPERIMENT',
  runInSearch: 'RUN_IN_SEARCH',
  selectionChanged: 'SELECTION_CHANGED',
  notesChanged: 'NOTES_CHANGED',
  epochNotFound: 'EPOCH_NOT_FOUND',
  epochDiffers: 'EPOCH_DIFFERS',
  alreadyHere: 'ALREADY_HERE',
  archiveFailed: 'ARCHIVE_FAILED',
  attemptOver: 'ATTEMPT_OVER',
  artifactMissing: 'ARTIFACT_MISSING',
  artifactDamaged: 'ARTIFACT_DAMAGED',
  runUnreadable: 'RUN_UNREADABLE',
  valuesOutOfOrder: 'VALUES_OUT_OF_ORDER',
  storeBusy: 'STORE_BUSY',
  storeReadOnly: 'STORE_READ_ONLY',
  storeFailed: 'STORE_FAILED',
  diskFull: 'DISK_FULL',
  modelUnavailable: 'MODEL_UNAVAILABLE',
  datasetUnavailable: 'DATASET_UNAVAILABLE',
  engineUnavailable: 'ENGINE_UNAVAILABLE',
  tooManySubscriptions: 'TOO_MANY_SUBSCRIPTIONS',
  queryTooComplex: 'QUERY_TOO_COMPLEX',
  tooManyRequests: 'TOO_MANY_REQUESTS',
  operationCancelled: 'OPERATION_CANCELLED',
  operationTimedOut: 'OPERATION_TIMED_OUT',
} as const

export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes]

/** What a client is told besides; what led to the error is none of it. */
export type ErrorDetails = Readonly<Record<string, unknown>> & { readonly cause?: never }

/** Reports what a client asked for and cannot have; the code and `details` travel in the GraphQL error's extensions. */
export class HourglassError extends Error {
  override readonly name = 'HourglassError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message)
  }

  /** Adds the error that led to this one, for the log. */
  causedBy(cause: unknown): this {
    this.cause = cause
    return this
  }
}
