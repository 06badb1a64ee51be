import type { RequestHandler } from 'express'
import { problem } from './artifactRoutes.js'

/** How long what is still sent after its answer may take, in milliseconds. */
const AFTER_ANSWER = 30_000

/** Slower lines would hold a connection for long, in bytes a second. */
export const LEAST_BYTES_A_SECOND = 2_000

export interface ArrivalBounds {
  /** How long a request may take to arrive, in seconds. */
  readonly seconds: number
  /** After so many seconds at a time it is looked whether it hardly comes. */
  readonly silence: number
}

/**
 * Ends requests that take longer to arrive than they may, or hardly come: one that is begun and not sent would hold a connection. Archives may take as long
 * as they move, until they are answered.
 */
export function boundArrival({ seconds, silence }: ArrivalBounds): RequestHandler {
  return (request, response, next) => {
    if (request.complete) return next()
    let timer: NodeJS.Timeout | undefined
    const giveUpAfter = (milliseconds: number, giveUp: () => void) => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (!request.complete) giveUp()
      }, milliseconds).unref()
    }
    const refuse = (expected: string) => {
      if (response.headersSent) {
        request.socket.destroy()
        return
      }
      response.set('Connection', 'close').once('finish', () => request.socket.destroySoon())
      response.status(408).json(problem('REQUEST_TIMED_OUT', `Expected a request that arrives ${expected}, got one that takes longer.`))
    }
    if (!request.path.startsWith('/archives')) {
      giveUpAfter(seconds * 1000, () => refuse(`within ${seconds} s`))
      const least = LEAST_BYTES_A_SECOND * silence
      let before = request.socket.bytesRead
      const watching = setInterval(() => {
        if (request.complete) return stopWatching()
        const { bytesRead } = request.socket
        // What came and was not read here yet is no fault of the sender.
        if (bytesRead - before < least && request.readableLength === 0)
          refuse(`with at least ${least.toLocaleString('en')} bytes in ${silence} s`)
        before = bytesRead
      }, silence * 1000).unref()
      const stopWatching = () => clearInterval(watching)
      request.once('end', stopWatching).once('close', stopWatching)
      response.once('finish', stopWatching)
    }
    response.once('finish', () => {
      // One that has come whole is over: a timer would hold it, and all that was made for its answer.
      if (!request.complete) giveUpAfter(AFTER_ANSWER, () => request.socket.destroy())
    })
    request.once('close', () => clearTimeout(timer))
    next()
  }
}
