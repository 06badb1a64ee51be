import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** When it is worth while for whoever is refused to ask again, in seconds. */
const RETRY_SECONDS = 10

export type Status = 400 | 405 | 408 | 429

export interface Problem {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>>
}

export const tooMany: Problem = {
  message: `Expected no more connections of one address than are left for others, got more. Try again in ${RETRY_SECONDS} s.`,
  extensions: { code: 'TOO_MANY_REQUESTS', limit: 'connections', of: 'network', retryAfterSeconds: RETRY_SECONDS },
}

export const tooSlow: Problem = {
  message: 'Expected a request that goes on arriving, got one that hardly does while others of its address wait for its place.',
  extensions: { code: 'REQUEST_TIMED_OUT' },
}

export const noProxy: Problem = {
  message: 'Expected a request of this server, got CONNECT: it leads nowhere else.',
  extensions: { code: 'METHOD_NOT_ALLOWED' },
}

export const repeatedProblem = (name: string): Problem => ({
  message: `Expected the header ${name} once, got it again.`,
  extensions: { code: 'BAD_REQUEST' },
})

function write(problem: Problem) {
  const { retryAfterSeconds } = problem.extensions
  const body = JSON.stringify({ errors: [problem] })
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
    Connection: 'close',
  }
  return { headers, body }
}

export function answer(response: ServerResponse, status: Status, problem: Problem): void {
  const { headers, body } = write(problem)
  response.writeHead(status, headers).end(body)
}

/** Writes an answer where nothing else answers, and ends the connection. */
export function endWith(socket: Socket, status: Status, problem: Problem): void {
  const { headers, body } = write(problem)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
  socket.destroySoon()
}
