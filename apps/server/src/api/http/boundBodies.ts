import type { RequestHandler } from 'express'
import { problem } from './artifactRoutes.js'

/** How often it is looked at how much has come, in milliseconds. */
const INTERVAL = 250
/** What chunks have around them, and the head of the request, are no part of the body. */
const ALLOWANCE = 256 * 1024

/**
 * Ends requests whose bodies are larger than they may be, as soon as that is known. Whoever parses bodies reads such a one to its end first, which may
 * never come.
 */
export function boundBodies(limit: number): RequestHandler {
  return (request, response, next) => {
    const refuse = (got: string) => {
      if (response.headersSent) return
      // What still comes is not read.
      response.set('Connection', 'close').once('finish', () => request.socket.destroySoon())
      response.status(413).json(problem('BODY_TOO_LARGE', `Expected a request of at most ${limit.toLocaleString('en')} bytes, got ${got}.`))
    }
    const said = Number(request.headers['content-length'] ?? 0)
    if (said > limit) return refuse(`one of ${said.toLocaleString('en')}`)
    if (request.headers['transfer-encoding'] !== undefined) {
      const before = request.socket.bytesRead
      const timer = setInterval(() => {
        if (request.complete) clearInterval(timer)
        else if (request.socket.bytesRead - before > limit + ALLOWANCE) refuse('a larger one')
      }, INTERVAL)
      response.once('close', () => clearInterval(timer))
    }
    next()
  }
}
