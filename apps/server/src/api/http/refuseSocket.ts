import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { problem } from './artifactRoutes.js'

/** Why somebody is given no WebSocket. */
export interface SocketRefusal {
  readonly status: number
  readonly code: string
  readonly message: string
  /** What travels beside the code; `retryAfterSeconds` says when to come back. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** How long a refused socket may take to read why, in milliseconds. */
const LONGEST_READING = 2_000

/** Answers a request for a WebSocket as one over HTTP is refused, with a code and when to come back, and ends the connection. */
export function refuseSocket(socket: Duplex, { status, code, message, details = {} }: SocketRefusal): void {
  // Who does not read the answer does not keep the socket.
  const ending = setTimeout(() => socket.destroy(), LONGEST_READING)
  socket.once('close', () => clearTimeout(ending))
  const body = JSON.stringify(problem(code, message, details))
  const { retryAfterSeconds } = details
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(typeof retryAfterSeconds === 'number' ? [`Retry-After: ${retryAfterSeconds}`] : []),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}
