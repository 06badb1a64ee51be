import { DatasetError } from '../../src/DatasetError.js'

/** Returns the DatasetError that an action ends in; anything else it does is a failure of the test. */
export async function datasetErrorOf(action: () => unknown): Promise<DatasetError> {
  try {
    await action()
  } catch (error) {
    if (error instanceof DatasetError) return error
    throw new Error(`ended in something other than a DatasetError: ${error}`, { cause: error })
  }
  throw new Error('did not throw')
}
