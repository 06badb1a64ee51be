import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { TestServer } from './startServer.js'
import { server } from './useServer.js'

/** A socket of GraphQL that somebody at an address opened. */
export async function connect(address: string, to: TestServer = server): Promise<WebSocket & AsyncDisposable> {
  const socket = new WebSocket(`${to.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': address },
  })
  socket.on('error', () => undefined)
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  return Object.assign(socket, { [Symbol.asyncDispose]: async () => socket.terminate() })
}
