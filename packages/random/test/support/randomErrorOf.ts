import { RandomError } from '../../src/index.js'

/** Returns the RandomError that an action ends in; anything else it does is a failure of the test. */
export function randomErrorOf(action: () => unknown): RandomError {
  try {
    action()
  } catch (error) {
    if (error instanceof RandomError) return error
    throw new Error(`ended in something other than a RandomError: ${error}`, { cause: error })
  }
  throw new Error('did not throw')
}
