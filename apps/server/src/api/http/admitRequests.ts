import type { RequestHandler, Response } from 'express'
import type { Client } from '../../clients/Client.js'
import type { ClientGate } from '../../clients/ClientGate.js'
import { newBrowserCookie } from '../../clients/identifyClients.js'
import type { Operation, Operations } from '../../clients/Operations.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { problem } from './artifactRoutes.js'

/** Refuses who asks for too much. */
export function admitRequests(gate: ClientGate): RequestHandler {
  return async (request, response, next) => {
    const client = clientOf(response)
    const before = request.socket.bytesWritten
    response.on('close', () => void gate.charge(client, { bytes: request.socket.bytesWritten - before }))
    try {
      await gate.admit(client)
      next()
    } catch (error) {
      refuse(response, error)
    }
  }
}

/** Gives a browser that has none the cookie that tells it from others at its address. */
export const giveCookie: RequestHandler = (_, response, next) => {
  if (clientOf(response).browser === null) response.append('Set-Cookie', newBrowserCookie())
  next()
}

/** Lets an operation wait for its turn, and ends it when its client leaves. */
export function takeTurns(operations: Operations): RequestHandler {
  return async (request, response, next) => {
    // Who was answered while sending asks for nothing more.
    if (response.headersSent) return
    const body: unknown = request.body
    const operation = operations.open(clientOf(response))
    response.locals.operation = operation
    response.on('close', () => operation.end())
    try {
      const give = await operation.begin(typeof body === 'string' ? body.length : 0)
      onAnswered(response, give)
      response.on('close', give)
      next()
    } catch (error) {
      refuse(response, error)
    }
  }
}

/**
 * Calls back when an answer is made, whoever reads it and when: no event tells of answers that wait behind an unread one on the same connection.
 */
export function onAnswered(response: Response, tell: () => void): void {
  const end = response.end.bind(response) as (...args: unknown[]) => Response
  response.end = ((...args: unknown[]) => {
    const ended = end(...args)
    tell()
    return ended
  }) as Response['end']
}

/** Gives the client that a request was admitted for. */
export function clientOf(response: Response): Client {
  return response.locals.client as Client
}

/** Gives the operation that a request was admitted as. */
export function operationOf(response: Response): Operation {
  return response.locals.operation as Operation
}

/** Answers why somebody is not admitted; throws what is no such reason. */
export function refuse(response: Response, error: unknown): void {
  if (!(error instanceof HourglassError)) throw error
  const { retryAfterSeconds } = error.details
  noteRefusal(response, { code: error.code, ...error.details })
  if (typeof retryAfterSeconds === 'number') response.set('Retry-After', String(retryAfterSeconds))
  response.status(error.code === errorCodes.tooManyRequests ? 429 : 503).json(problem(error.code, error.message, error.details))
}

/** Remembers why somebody was refused, or a connection ended, for the line of the log. */
export function noteRefusal(response: Response, refused: Readonly<Record<string, unknown>>): void {
  response.locals.refused = refused
}

/** What was noted of that. */
export function refusedIn(response: Response): { readonly refused?: unknown } {
  const { refused } = response.locals
  return refused === undefined ? {} : { refused }
}
