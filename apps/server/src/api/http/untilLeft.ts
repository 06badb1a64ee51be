import type { Response } from 'express'
import { errorCodes, HourglassError } from '../../HourglassError.js'

/** Aborts with OPERATION_CANCELLED, saying `message`, when whoever asked has left. */
export function untilLeft(response: Response, message: string): AbortSignal {
  const controller = new AbortController()
  response.on('close', () => controller.abort(new HourglassError(errorCodes.operationCancelled, message)))
  return controller.signal
}
