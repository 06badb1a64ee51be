import { AutoencoderError } from '@hourglass/autoencoders'
import { DatasetError } from '@hourglass/datasets'
import { errorCodes } from '../HourglassError.js'
import { isDiskFull } from '../isDiskFull.js'

/** Turns whatever a worker threw into what the run's page shows. */
export function describeFailure(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AutoencoderError || error instanceof DatasetError) return { code: error.code, message: error.message }
  if (isDiskFull(error)) {
    return {
      code: errorCodes.diskFull,
      message: `The disk that holds the data folder is full (${error.message}). Free some space and resume the run.`,
    }
  }
  return { code: 'WORKER_FAILED', message: error instanceof Error ? error.message : String(error) }
}
