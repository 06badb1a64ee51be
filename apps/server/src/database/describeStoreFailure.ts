import { errorCodes, HourglassError } from '../HourglassError.js'
import { isDiskFull } from './isDiskFull.js'

/** Turns what recording a run threw into what the run's page shows. */
export function describeStoreFailure(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof HourglassError) return { code: error.code, message: error.message }
  if (isDiskFull(error)) {
    const message = `The disk that holds the data folder is full (${error.message}). Free some space and resume the run.`
    return { code: errorCodes.diskFull, message }
  }
  return { code: 'WORKER_FAILED', message: error instanceof Error ? error.message : String(error) }
}
