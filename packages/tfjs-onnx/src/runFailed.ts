import { CompileError } from './errors.js'

/** What to do about what ONNX Runtime says, by its words. */
const advices: readonly (readonly [RegExp, string])[] = [
  [
    /out of (data )?bounds|invalid ind/i,
    'An index is not on its axis: tf.gather, tf.gatherND and tf.scatterND take whole numbers from 0 to the size less one, and none counts from the end.',
  ],
  [/alloc|out of memory/i, 'Use a smaller batch, or free memory.'],
]

/** Runs sessions; throws RUN_FAILED where ONNX Runtime gives up. */
export async function orRunFailed(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    throw runFailed(error)
  }
}

/** Makes the error of a run that ONNX Runtime gave up; the state is as it was. */
export function runFailed(error: unknown): CompileError {
  const message = error instanceof Error ? error.message : String(error)
  const advice = advices.find(([words]) => words.test(message))?.[1]
  const parts = { subject: 'run', expected: 'ONNX Runtime to compute the step', got: message, ...(advice === undefined ? {} : { advice }) }
  return new CompileError('RUN_FAILED', parts, { cause: error })
}
