import type { Request, RequestHandler, Response } from 'express'
import { problem } from './artifactRoutes.js'

/** How often it is looked at how much has come, in milliseconds. */
const INTERVAL = 250
/** What chunks have around them, and the head of the request, are no part of the body. */
const ALLOWANCE = 256 * 1024
/** For so long what still comes is read past, in milliseconds: who is cut off while sending does not read why. */
const READ_PAST = 2_000

/**
 * Ends requests whose bodies are larger than they may be, as soon as that is known and answered. Whoever parses bodies reads such a one to its end first,
 * which may never come.
 */
export function boundBodies(limit: number): RequestHandler {
  return (request, response, next) => {
    const refuse = (got: string) => {
      if (response.headersSent) return
      endOnceAnswered(request, response)
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

/** Ends the connection of a request that is answered before all of it has come, a moment after the answer: what still comes is read past. */
export function endOnceAnswered(request: Request, response: Response): void {
  const { socket } = request
  response.once('finish', () => {
    request.resume()
    const ending = setTimeout(() => socket.destroy(), READ_PAST).unref()
    request.once('end', () => clearTimeout(ending)).once('close', () => clearTimeout(ending))
  })
}
