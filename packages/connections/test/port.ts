import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { BoundedRequest, type ConnectionLimits, Connections, type ConnectionsTold } from '../src/index.js'

export const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
export const MEGABYTE = 1024 * 1024

export let server: Server
export let connections: Connections
export let sockets: Socket[] = []
/** What was seen of requests and connections since the server began to listen. */
export const seen: {
  /** Requests that came out of the parser. */
  parsed: number
  /** What was said of refused and ended connections. */
  lines: ConnectionsTold[]
} = { parsed: 0, lines: [] }

/** Ends each test's server and sockets. */
export function usePort(): void {
  afterEach(() => {
    for (const socket of sockets) socket.destroy()
    sockets = []
    server.closeAllConnections()
    server.close()
  })
}

/** Serves requests that the connections admit. */
export async function serve(handler: RequestListener, limits: Partial<ConnectionLimits>): Promise<void> {
  seen.parsed = 0
  server = createServer({ IncomingMessage: BoundedRequest }, async (request, response) => {
    seen.parsed++
    if (await connections.admit(request, response)) handler(request, response)
  })
  seen.lines = []
  connections = new Connections(server, { limits, trustedProxies: ['203.0.113.7'], log: (line) => seen.lines.push(line) })
  await once(server.listen(0, '127.0.0.1'), 'listening')
}

/** Serves as a port that WebSockets are asked for at, too. */
export async function servePort(handler: RequestListener, limits: Partial<ConnectionLimits>): Promise<void> {
  await serve(handler, limits)
  server.on('upgrade', (request, _, head) => connections.upgrade(request, head))
}

export async function open(text = ''): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** Waits until a socket is closed: in order, or with what it had not read. */
export const closed = (socket: Socket) => new Promise((resolve) => socket.resume().once('close', resolve))

/** What a socket is sent next. */
export const answerOf = async (socket: Socket) => String((await once(socket, 'data'))[0])
