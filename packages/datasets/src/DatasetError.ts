/** Every way in which data or a request for data can be wrong. */
const datasetErrorCodes = [
  'UNKNOWN_DATASET',
  'DATASET_UNAVAILABLE',
  'TOO_FEW_EXAMPLES',
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'INVALID_GZIP',
  'INVALID_IDX_HEADER',
  'UNSUPPORTED_IDX_TYPE',
  'TRUNCATED_FILE',
  'SURPLUS_BYTES',
  'SHAPE_MISMATCH',
  'COUNT_MISMATCH',
  'LABEL_OUT_OF_RANGE',
  'INDEX_OUT_OF_RANGE',
  'INVALID_ARGUMENT',
] as const
export type DatasetErrorCode = (typeof datasetErrorCodes)[number]

/** What went wrong, in the order in which the message says it. */
export interface DatasetErrorDetails {
  /** The file, data set or argument at fault. */
  readonly subject: string
  readonly expected: string
  readonly found: string
  /** What to do about it, as a sentence. */
  readonly advice: string
  readonly cause?: unknown
}

/** Says which file, data set or argument is wrong, what was expected, what was found and what to do. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError'
  readonly code: DatasetErrorCode
  readonly subject: string
  readonly expected: string
  readonly found: string
  readonly advice: string

  constructor(code: DatasetErrorCode, { subject, expected, found, advice, cause }: DatasetErrorDetails) {
    super(`${subject}: expected ${expected}, found ${found}. ${advice}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.subject = subject
    this.expected = expected
    this.found = found
    this.advice = advice
  }
}
