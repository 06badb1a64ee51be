import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from '../errors.js'

/** The distributions of TensorFlow.js that are recorded, each with the call of which all others are multiples, shifted. */
export const drawableOps = {
  randomNormal: (count: number, seed: number) => tf.randomNormal([count], 0, 1, 'float32', seed),
  randomUniform: (count: number, seed: number) => tf.randomUniform([count], 0, 1, 'float32', seed),
  truncatedNormal: (count: number, seed: number) => tf.truncatedNormal([count], 0, 1, 'float32', seed),
} as const

export type DrawableOp = keyof typeof drawableOps

/** Functions of tfjs that draw in ways that are not recorded: their numbers would be constants of the graph. */
const refusedOps: ReadonlySet<string> = new Set(['rand', 'randomGamma'])

/** Functions of tfjs that may ask for a seed. `multinomial` is a kernel with a rule. */
export function isSeeded(name: string | undefined): boolean {
  return name === 'multinomial' || isDrawable(name)
}

/** Tells whether a function of tfjs fills a tensor with numbers that are recorded as a draw. */
export function isDrawable(name: string | undefined): name is DrawableOp {
  return name !== undefined && Object.hasOwn(drawableOps, name)
}

/** Tells whether a function of tfjs draws in a way that is not recorded. */
export function isRefused(name: string): boolean {
  return refusedOps.has(name)
}

/** Names the functions of tfjs that are running, outermost first; tfjs marks their scopes with `__op`. */
export function runningOps(): string[] {
  const suffix = '__op'
  return tf
    .engine()
    .state.scopeStack.map(({ name }) => name)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
}

/** Makes the error of random numbers that would be drawn once, while tracing. */
export function randomWhileTracing(subject: string): CompileError {
  return new CompileError('RANDOM_WHILE_TRACING', {
    subject,
    expected: 'random numbers that can be drawn anew in every run',
    got: 'numbers that are drawn while the function is traced',
    advice:
      'They would be the same in every step: use tf.randomNormal, tf.randomUniform, tf.truncatedNormal, tf.multinomial or tf.dropout, or pass them as an input of the function.',
  })
}
