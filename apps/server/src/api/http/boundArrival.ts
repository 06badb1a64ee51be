import type { RequestHandler } from 'express'
import { problem } from './artifactRoutes.js'

/** How long what is still sent after its answer may take, in milliseconds. */
const AFTER_ANSWER = 30_000

/**
 * Ends requests that take longer to arrive than `seconds`. Archives may take as long as they move, until they are answered.
 */
export function boundArrival(seconds: number): RequestHandler {
  return (request, response, next) => {
    if (request.complete) return next()
    let timer: NodeJS.Timeout | undefined
    const giveUpAfter = (milliseconds: number, giveUp: () => void) => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (!request.complete) giveUp()
      }, milliseconds).unref()
    }
    const refuse = () => {
      if (response.headersSent) {
        request.socket.destroy()
        return
      }
      response.set('Connection', 'close').once('finish', () => request.socket.destroySoon())
      response
        .status(408)
        .json(problem('REQUEST_TIMED_OUT', `Expected a request that arrives within ${seconds} s, got one that takes longer.`))
    }
    if (!request.path.startsWith('/archives')) giveUpAfter(seconds * 1000, refuse)
    response.once('finish', () => giveUpAfter(AFTER_ANSWER, () => request.socket.destroy()))
    request.once('close', () => clearTimeout(timer))
    next()
  }
}
