/** Names every way in which tracing, checking, compiling or running can fail. */
export const compileErrorCodes = {
  /** A tfjs kernel without a rule. */
  UNSUPPORTED_OP: 'UNSUPPORTED_OP',
  /** A rule exists, but not for this element type. */
  UNSUPPORTED_DTYPE: 'UNSUPPORTED_DTYPE',
  /** A rule exists, but not for this shape or attribute. */
  UNSUPPORTED_SHAPE: 'UNSUPPORTED_SHAPE',
  /** `dataSync`, `data` or `arraySync` on a tensor whose value is not known before the graph runs. */
  VALUE_READ_WHILE_TRACING: 'VALUE_READ_WHILE_TRACING',
  /** A random number drawn inside the traced function would be the same in every step. */
  RANDOM_WHILE_TRACING: 'RANDOM_WHILE_TRACING',
  /** A variable that is read or assigned inside the function, but is not part of the state. */
  UNKNOWN_VARIABLE: 'UNKNOWN_VARIABLE',
  /** A variable made inside the function: it would be made anew in every step. */
  VARIABLE_CREATED_WHILE_TRACING: 'VARIABLE_CREATED_WHILE_TRACING',
  /** The function is asynchronous, or does not return a record of tensors. */
  INVALID_FUNCTION: 'INVALID_FUNCTION',
  /** The graph breaks a rule of its own grammar: a bug in a rule or in a rewrite pass. */
  INVALID_GRAPH: 'INVALID_GRAPH',
  /** An option that compile and exportOnnx do not take. */
  INVALID_OPTION: 'INVALID_OPTION',
  /** A shape, a dtype, a name or a length of an input that cannot be, or does not fit what was compiled. */
  INVALID_INPUT: 'INVALID_INPUT',
  /** A name or a length that does not fit the state. */
  INVALID_STATE: 'INVALID_STATE',
  /** A step would go on by another kind than its state was trained with. */
  STEP_MISMATCH: 'STEP_MISMATCH',
  /** ONNX Runtime stopped while it ran what was compiled: an index out of range, not enough memory. */
  RUN_FAILED: 'RUN_FAILED',
  /** The state is in use by a run that has not finished. */
  RUN_IN_PROGRESS: 'RUN_IN_PROGRESS',
  /** The ONNX Runtime that was asked for does not load on this machine. */
  RUNTIME_UNAVAILABLE: 'RUNTIME_UNAVAILABLE',
  /** The state and the buffers of its compiled functions do not fit into one WebAssembly memory. */
  OUT_OF_MEMORY: 'OUT_OF_MEMORY',
  /** The compiled function was disposed of. */
  DISPOSED: 'DISPOSED',
} as const

export type CompileErrorCode = keyof typeof compileErrorCodes

export interface CompileErrorParts {
  readonly subject: string
  readonly expected: string
  readonly got: string
  /** What to do instead; a whole sentence. */
  readonly advice?: string | undefined
}

/** Reports what was compiled or run, what was expected, what came, and what to do instead. */
export class CompileError extends Error {
  override readonly name = 'CompileError'

  constructor(
    readonly code: CompileErrorCode,
    parts: CompileErrorParts,
    options?: ErrorOptions,
  ) {
    super(`${parts.subject}: expected ${parts.expected}, got ${parts.got}.${parts.advice ? ` ${parts.advice}` : ''}`, options)
  }
}
