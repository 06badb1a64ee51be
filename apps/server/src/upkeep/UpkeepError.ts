/** Reports, in a sentence that says what to do, why a data folder cannot be checked, copied or restored. */
export class UpkeepError extends Error {
  override readonly name = 'UpkeepError'
}
