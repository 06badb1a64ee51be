import { CompileError } from './errors.js'

const dtypes: readonly unknown[] = ['float32', 'int32', 'bool']

/** Throws INVALID_FUNCTION, INVALID_OPTION or INVALID_STATE for what JavaScript passes where a function of tensors and its options belong. */
export function requireCall(caller: string, fn: unknown, options: unknown): void {
  if (typeof fn !== 'function') {
    throw new CompileError('INVALID_FUNCTION', {
      subject: caller,
      expected: 'a function of tensors that returns a record of tensors',
      got: describe(fn),
      advice: `Call ${caller}(({ x }) => ({ y: … }), { inputs: { x: { shape, dtype } } }).`,
    })
  }
  const inputs = isRecord(options) ? options.inputs : undefined
  if (!isRecord(options) || !isRecord(inputs)) {
    throw new CompileError('INVALID_OPTION', {
      subject: caller,
      expected: 'options with inputs, a record of shapes and dtypes',
      got: isRecord(options) ? `inputs that are ${describe(inputs)}` : describe(options),
      advice: 'Say { inputs: {} } for a function without any.',
    })
  }
  // exportOnnx takes anything that names variables and reads them.
  if (options.state !== undefined && !(isRecord(options.state) && options.state.variables instanceof Map)) {
    const got = describe(options.state)
    throw new CompileError('INVALID_STATE', { subject: caller, expected: 'a state', got, advice: 'Make one with createState.' })
  }
}

/** Throws INVALID_INPUT for an input whose shape or dtype no tensor has. */
export function requireInputs(inputs: Readonly<Record<string, unknown>>): void {
  for (const [name, spec] of Object.entries(inputs)) {
    const { shape, dtype }: Readonly<Record<string, unknown>> = isRecord(spec) ? spec : {}
    if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
      throw new CompileError('INVALID_INPUT', {
        subject: `input ${name}`,
        expected: 'a shape of whole numbers from 0',
        got: describe(shape),
        advice:
          'What is compiled has one shape: compile it once for each size, such as that of a last batch. exportOnnx takes names for sizes.',
      })
    }
    if (!dtypes.includes(dtype)) {
      throw new CompileError('INVALID_INPUT', {
        subject: `input ${name}`,
        expected: 'dtype float32, int32 or bool',
        got: describe(dtype),
        advice: 'Convert the values before: to a Float32Array, Int32Array or Uint8Array.',
      })
    }
  }
}

/** Throws INVALID_OPTION for a number of threads that is no whole number from 1. */
export function requireThreads(threads: unknown): void {
  if (Number.isSafeInteger(threads) && Number(threads) >= 1) return
  throw new CompileError('INVALID_OPTION', {
    subject: 'threads',
    expected: 'a whole number from 1',
    got: describe(threads),
    advice: "Leave it out for the machine's cores.",
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (isRecord(value)) return `an object of ${value.constructor?.name ?? 'no class'}`
  return Array.isArray(value) ? `[${value.map((each) => JSON.stringify(each)).join(', ')}]` : String(value)
}
