import { AutoencoderError } from '@hourglass/autoencoders'
import { DatasetError, RandomError } from '@hourglass/datasets'
import { WorkerError } from './WorkerError.js'
import { writeObstacleOf } from './whenWritable.js'

/** Turns whatever was thrown into what the run's page shows. */
export function describeFailure(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AutoencoderError || error instanceof DatasetError || error instanceof RandomError || error instanceof WorkerError) {
    return { code: error.code, message: error.message }
  }
  const obstacle = writeObstacleOf(error)
  if (obstacle) {
    const got = error instanceof Error ? ` (${error.message})` : ''
    return { code: obstacle.code, message: `${obstacle.message} Then resume the run.${got}` }
  }
  return { code: 'WORKER_FAILED', message: error instanceof Error ? error.message : String(error) }
}
