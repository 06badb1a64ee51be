import { HourglassError } from '../HourglassError.js'
import { type StoreFaultCode, storeFaultCodes, storeFaultOf } from './storeFault.js'

/** Turns what recording a run threw into what the run's page shows. */
export function describeStoreFailure(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof HourglassError) {
    const message = storeFaultCodes.includes(error.code as StoreFaultCode) ? inRun(error.message) : error.message
    return { code: error.code, message }
  }
  const fault = storeFaultOf(error)
  if (fault) return { code: fault.code, message: inRun(`Nothing was changed: ${fault.reason}. ${fault.remedy} Then try again.`) }
  return { code: 'WORKER_FAILED', message: error instanceof Error ? error.message : String(error) }
}

/** A run has something of its own to try again. */
function inRun(message: string): string {
  return message
    .replace('Nothing was changed:', 'What the run reported could not be stored:')
    .replace('Then try again.', 'Then resume the run.')
}
