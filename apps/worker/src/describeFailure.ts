import { AutoencoderError } from '@hourglass/autoencoders'
import { DatasetError } from '@hourglass/datasets'
import { WorkerError } from './WorkerError.js'

/** Turns whatever was thrown into what the run's page shows. */
export function describeFailure(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AutoencoderError || error instanceof DatasetError || error instanceof WorkerError) {
    return { code: error.code, message: error.message }
  }
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOSPC') {
    const message = `The disk that holds the data folder is full (${error.message}). Free some space and resume the run.`
    return { code: 'DISK_FULL', message }
  }
  return { code: 'WORKER_FAILED', message: error instanceof Error ? error.message : String(error) }
}
