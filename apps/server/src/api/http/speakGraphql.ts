import type { IncomingMessage } from 'node:http'
import { CloseCode, type Server } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { closeReason } from './closeReason.js'
import type { HandleMessage } from './SocketMessages.js'

export interface SocketExtra {
  readonly socket: WebSocket
  readonly request: IncomingMessage
  /** Of the message that is handled now; what is done of it later knows it from then. */
  messageBytes: number
}

/** How often a socket is asked whether its client is there, and how long it may take to answer, in milliseconds. */
const KEEP_ALIVE = 12_000

export interface SpeakOptions {
  /** Told what the socket failed of. */
  readonly onFailure: (error: Error) => void
  /** Told what went wrong here with a message. */
  readonly onFault: (error: unknown) => void
  /** Told what handles a message. */
  readonly onMessage: (handle: HandleMessage) => void
}

/**
 * Lets a server of GraphQL speak with the client of a WebSocket. What the client does wrong is told to the client alone; of what goes wrong here, it is told
 * nothing but that.
 */
export function speakGraphql(server: Server<SocketExtra>, extra: SocketExtra, { onFailure, onFault, onMessage }: SpeakOptions): void {
  const { socket } = extra
  // What breaks the protocol of WebSockets, ws has answered with a code and an end; that a client has left is told by the end.
  socket.on('error', onFailure)
  const stopWatching = watch(socket)
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (data) => sendText(socket, data),
      close: (code, reason) => socket.close(code, closeReason(reason ?? '')),
      onMessage: (handle) => {
        onMessage((message, bytes) => {
          extra.messageBytes = bytes
          // It parses texts, and takes what is parsed as it is.
          return handle(message as unknown as string).catch((error: unknown) => {
            if (error instanceof Error && error.message.startsWith('Unexpected message of type')) {
              socket.close(CloseCode.BadRequest, closeReason(error.message))
              return
            }
            onFault(error)
            socket.close(CloseCode.InternalServerError, 'Internal server error')
          })
        })
      },
    },
    extra,
  )
  socket.once('close', (code, reason) => {
    stopWatching()
    void closed(code, String(reason))
  })
}

/** Sends text; resolves once the connection has taken it, or is gone, which its end tells of. */
export function sendText(socket: WebSocket, text: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve()
    socket.send(text, { binary: false }, () => resolve())
  })
}

/** Ends a socket whose client does not answer any more; returns how to stop. */
function watch(socket: WebSocket): () => void {
  let isThere = true
  socket.on('pong', () => {
    isThere = true
  })
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate()
    isThere = false
    if (socket.readyState === socket.OPEN) socket.ping()
  }, KEEP_ALIVE)
  return () => clearInterval(timer)
}
