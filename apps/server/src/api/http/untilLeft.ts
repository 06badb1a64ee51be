import type { Response } from 'express'
import { errorCodes, HourglassError } from '../../HourglassError.js'

/** Aborts with OPERATION_CANCELLED, saying `message`, when whoever asked has left. */
export function untilLeft(response: Response, message: string): AbortSignal {
  const controller = new AbortController()
  const leave = () => controller.abort(new HourglassError(errorCodes.operationCancelled, message))
  // Who left already closes nothing again.
  if (response.closed) leave()
  else response.on('close', leave)
  return controller.signal
}
