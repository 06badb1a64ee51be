import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type FormattedExecutionResult, GraphQLError } from 'graphql'
import { handleProtocols, makeServer } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { errorCodes } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { CheckedDocuments } from '../graphql/CheckedDocuments.js'
import { type Context, createContext } from '../graphql/Context.js'
import { formatError } from '../graphql/formatError.js'
import { MAXIMUM_MESSAGE_BYTES, ownRules } from '../graphql/operationRules.js'
import { schema } from '../graphql/schema.js'
import type { Doors } from './Doors.js'
import { PacedSocket } from './PacedSocket.js'
import { refusalOf } from './refusalOf.js'
import { SharedResults } from './SharedResults.js'
import { type OpenedOperation, SocketOperations, type Subscriber } from './SocketOperations.js'
import { type SocketExtra, sendText, speakGraphql } from './speakGraphql.js'

/** Operations that one socket may have open; the dashboard opens one for each run it compares, and the table. */
const MAXIMUM_OPERATIONS = 100

/** Sockets at a time; every open page of the dashboard has one. */
const MAXIMUM_SOCKETS = 2_000

/** How long a refused socket may take to read why. */
const REFUSAL_MILLISECONDS = 2_000

/** How long clients may take to hear that the server goes. */
const CLOSING_MILLISECONDS = 1_000

/** Serves GraphQL over WebSocket (graphql-transport-ws) at /graphql of an HTTP server; returns how to close every socket with 1001. */
export function serveSubscriptions(server: Server, lab: Lab, doors: Doors): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAXIMUM_MESSAGE_BYTES, WebSocket: PacedSocket, handleProtocols })
  const documents = new CheckedDocuments(ownRules(lab.settings))
  const results = new SharedResults(lab, doors.streams)
  const operationsOf = perSocket((request) => new SocketOperations({ doors, results, metrics: lab.metrics }, request))
  const graphql = makeServer<Record<string, unknown>, SocketExtra>({
    schema,
    execute: (args) => (args.contextValue as SocketOperationContext).opened.execute(args),
    subscribe: (args) => {
      const { opened, subscriber } = args.contextValue as SocketOperationContext
      return opened.subscribe(args, subscriber)
    },
    onSubscribe: async (socket, id, { query, operationName, variables }) => {
      if (Object.keys(socket.subscriptions).length > MAXIMUM_OPERATIONS) return [tooManyOperations()]
      const { request, socket: connection } = socket.extra
      const operations = operationsOf(request)
      const refusal = await operations.admit()
      if (refusal) return refusal
      const document = documents.known(query) ?? (await operations.judge(() => documents.read(query)))
      if (!('kind' in document)) return document
      const opened = operations.open(document, operationName)
      if (!('operation' in opened)) return opened
      const context = createContext(lab, { ...opened.operation, requestId: `${requestIdOf(request)}/${id}` })
      const asked = { query, document, operationName: operationName ?? null, variables: variables ?? {}, viewer: context.viewer }
      const contextValue: SocketOperationContext = {
        ...context,
        opened,
        subscriber: { asked, send: (result) => sendResult(connection, id, result) },
      }
      return { schema, document, contextValue, operationName: asked.operationName, variableValues: asked.variables }
    },
    onError: (_, __, ___, errors) => {
      const formatted = errors.map((error) => formatError(error, lab.log))
      lab.metrics.answered(formatted)
      return formatted
    },
    onNext: (_, __, ___, ____, result) => {
      if (!result.errors) return
      const errors = result.errors.map((error) => formatError(error, lab.log))
      lab.metrics.answered(errors)
      return { ...result, errors } as FormattedExecutionResult
    },
    onConnect: ({ extra: { request } }) => lab.log.info({ requestId: requestIdOf(request) }, 'socket opened'),
    onDisconnect: ({ extra: { request } }, code) => lab.log.info({ requestId: requestIdOf(request), code }, 'socket closed'),
    onClose: ({ extra: { request } }) => operationsOf(request).closeAll(),
  })
  const refuse = (socket: Duplex, status: number, reason: string) => {
    lab.metrics.socketRefused(status)
    endRefused(socket, status, reason)
  }
  server.on('upgrade', (request, socket, head) => {
    // Whoever asks may leave before the answer: that ends this socket, and nothing else.
    socket.on('error', (error) => lab.log.info({ requestId: requestIdOf(request), err: error }, 'socket failed'))
    if (pathOf(request) !== '/graphql') return refuse(socket, 404, 'Not Found')
    const refusal = refusalOf(request, lab.settings)
    if (refusal) {
      lab.log.warn({ requestId: requestIdOf(request), ...refusal }, 'socket refused')
      return refuse(socket, 403, 'Forbidden')
    }
    if (sockets.clients.size >= MAXIMUM_SOCKETS) {
      lab.log.warn({ requestId: requestIdOf(request), sockets: sockets.clients.size }, 'socket refused: too many')
      return refuse(socket, 503, 'Service Unavailable')
    }
    let leave: () => void
    try {
      leave = doors.gate.hold(doors.identify(request), 'sockets')
    } catch (error) {
      lab.log.warn({ requestId: requestIdOf(request), err: error }, 'socket refused')
      return refuse(socket, 429, 'Too Many Requests')
    }
    socket.once('close', leave)
    sockets.handleUpgrade(request, socket, head, (client) => {
      const reader = { requestId: requestIdOf(request), pendingBytes: () => client.bufferedAmount, drop: () => client.terminate() }
      client.on('close', doors.output.add(reader))
      client.onSent = () => doors.output.check(reader)
      speakGraphql(graphql, { socket: client, request }, lab.log)
    })
  })
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away')
    const ending = setTimeout(() => {
      for (const client of sockets.clients) client.terminate()
    }, CLOSING_MILLISECONDS)
    await new Promise((resolve) => sockets.close(resolve))
    clearTimeout(ending)
  }
}

const requestIds = new WeakMap<IncomingMessage, string>()

function requestIdOf(request: IncomingMessage): string {
  const id = requestIds.get(request) ?? randomUUID()
  requestIds.set(request, id)
  return id
}

/** Makes what a socket has once, when it is first asked for. */
function perSocket<Made>(make: (request: IncomingMessage) => Made): (request: IncomingMessage) => Made {
  const made = new WeakMap<IncomingMessage, { readonly value: Made }>()
  return (request) => {
    const known = made.get(request) ?? { value: make(request) }
    made.set(request, known)
    return known.value
  }
}

const closingBrace = Buffer.from('}')

/** Sends a result that is written already as graphql-ws would send it. */
function sendResult(socket: WebSocket, id: string, result: Buffer): Promise<void> {
  return sendText(socket, Buffer.concat([Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`), result, closingBrace]))
}

interface SocketOperationContext extends Context {
  readonly opened: OpenedOperation
  readonly subscriber: Subscriber
}

function tooManyOperations(): GraphQLError {
  return new GraphQLError(`Expected at most ${MAXIMUM_OPERATIONS} operations on one socket. Complete one first.`, {
    extensions: { code: errorCodes.tooManySubscriptions },
  })
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

function endRefused(socket: Duplex, status: number, reason: string): void {
  // Who does not read the answer does not keep the socket.
  const ending = setTimeout(() => socket.destroy(), REFUSAL_MILLISECONDS)
  socket.once('close', () => clearTimeout(ending))
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}
