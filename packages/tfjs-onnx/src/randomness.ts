import { CompileError } from './errors.js'

/** tfjs functions and kernels that draw random numbers and would put them into the graph as constants. */
const randomOps: ReadonlySet<string> = new Set([
  'Multinomial',
  'dropout',
  'multinomial',
  'rand',
  'randomGamma',
  'randomNormal',
  'randomStandardNormal',
  'randomUniform',
  'randomUniformInt',
  'truncatedNormal',
])

/** Tells whether an operation of TensorFlow.js draws random numbers. */
export function isRandomOp(name: string): boolean {
  return randomOps.has(name)
}

/** Makes the error of random numbers that are drawn inside the traced function. */
export function randomWhileTracing(subject: string): CompileError {
  return new CompileError('RANDOM_WHILE_TRACING', {
    subject,
    expected: 'no random numbers to be drawn inside the traced function',
    got: 'a draw',
    advice: 'It would be drawn once and be the same in every step: pass the random numbers as an input of the function.',
  })
}

/** Runs `body` with `Math.random` refusing to draw: tfjs seeds its generators with it, and users call it themselves. */
export function withoutRandomness<Result>(body: () => Result): Result {
  const { random } = Math
  Math.random = () => {
    throw randomWhileTracing('Math.random')
  }
  try {
    return body()
  } finally {
    Math.random = random
  }
}
