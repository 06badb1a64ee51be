import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type FormattedExecutionResult, GraphQLError } from 'graphql'
import { handleProtocols, makeServer } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { type Context, createContext } from '../graphql/Context.js'
import { formatError } from '../graphql/formatError.js'
import { MAXIMUM_MESSAGE_BYTES } from '../graphql/operationRules.js'
import { schema } from '../graphql/schema.js'
import { tooManyLists } from '../graphql/tooManyLists.js'
import type { Doors } from './Doors.js'
import type { OpenPort } from './openPort.js'
import { PacedSocket } from './PacedSocket.js'
import { refusalOf } from './refusalOf.js'
import { refuseSocket, type SocketRefusal } from './refuseSocket.js'
import { SharedResults } from './SharedResults.js'
import { type HandleMessage, SocketMessages } from './SocketMessages.js'
import { type OpenedOperation, SocketOperations, type Subscriber } from './SocketOperations.js'
import { type SocketExtra, sendText, speakGraphql } from './speakGraphql.js'

/** Operations that one socket may have open; the dashboard opens one for each run it compares, and the table. */
const MAXIMUM_OPERATIONS = 100

/** Parts that one message may come in; each is kept by itself until all are here. */
const MAXIMUM_FRAGMENTS = 256
/** Pieces of a connection that one part may come in, likewise; of the largest, over a line that carries a thousand bytes at a time, there are as many. */
const MAXIMUM_CHUNKS = 4096

/** How long a client may take to greet, in milliseconds. Where this process itself stood still, the greeting may lie here unread, so it is longer than that lasts. */
const LONGEST_GREETING = 20_000

/** How long clients may take to hear that the server goes. */
const CLOSING_MILLISECONDS = 1_000

/** Serves GraphQL over WebSocket (graphql-transport-ws) at /graphql of the port; returns how to close every socket with 1001. */
export function serveSubscriptions(port: OpenPort, lab: Lab, doors: Doors): () => Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAXIMUM_MESSAGE_BYTES,
    maxFragments: MAXIMUM_FRAGMENTS,
    maxBufferedChunks: MAXIMUM_CHUNKS,
    // Otherwise all messages and pings that come at once are heard at once, and nothing else meanwhile.
    allowSynchronousEvents: false,
    WebSocket: PacedSocket,
    handleProtocols,
  })
  const { documents } = doors
  const results = new SharedResults(lab, doors.streams)
  const aboutOf = perSocket((request) => ({ requestId: randomUUID(), ...lab.launchers.describe(doors.identify(request)) }))
  const logOf = perSocket((request) => lab.log.child(aboutOf(request)))
  const operationsOf = perSocket((request) => new SocketOperations({ doors, results, metrics: lab.metrics, log: logOf(request) }, request))
  /** Admits an operation and returns its document, or tells what is wrong. */
  const judge = async (operations: SocketOperations, query: string, variables: unknown) => {
    const refusal = await operations.admit()
    if (refusal) return refusal
    const problemOfLists = tooManyLists(variables)
    if (problemOfLists !== undefined) return [new GraphQLError(problemOfLists, { extensions: { code: errorCodes.badUserInput } })]
    return documents.known(query) ?? (await operations.judge(() => documents.read(query)))
  }
  const graphql = makeServer<Record<string, unknown>, SocketExtra>({
    schema,
    connectionInitWaitTimeout: LONGEST_GREETING,
    execute: (args) => (args.contextValue as SocketOperationContext).opened.execute(args),
    subscribe: (args) => {
      const { opened, subscriber } = args.contextValue as SocketOperationContext
      return opened.subscribe(args, subscriber)
    },
    onSubscribe: async (socket, id, { query, operationName, variables }) => {
      if (Object.keys(socket.subscriptions).length > MAXIMUM_OPERATIONS) return [tooManyOperations()]
      const { request, socket: connection, messageBytes: bytes } = socket.extra
      const operations = operationsOf(request)
      const giveBack = operations.bring(bytes)
      if (typeof giveBack !== 'function') return giveBack
      const document = await judge(operations, query, variables).catch((error: unknown) => {
        giveBack()
        throw error
      })
      if (!('kind' in document)) {
        giveBack()
        return document
      }
      const opened = operations.open(document, operationName, { query, bytes, giveBack })
      if (!('operation' in opened)) return opened
      const context = createContext(lab, { ...opened.operation, requestId: `${aboutOf(request).requestId}/${id}` })
      const asked = { query, document, operationName: operationName ?? null, variables: variables ?? {}, viewer: context.viewer }
      const contextValue: SocketOperationContext = {
        ...context,
        opened,
        subscriber: { asked, send: (result) => sendResult(connection, id, result) },
      }
      return { schema, document, contextValue, operationName: asked.operationName, variableValues: asked.variables }
    },
    // biome-ignore lint/complexity/useMaxParams: graphql-ws calls it with these.
    onError: (_, __, ___, errors) => {
      const formatted = errors.map((error) => formatError(error, lab.log))
      lab.metrics.answered(formatted)
      return formatted
    },
    // biome-ignore lint/complexity/useMaxParams: graphql-ws calls it with these.
    onNext: (_, __, ___, ____, result) => {
      if (!result.errors) return
      const errors = result.errors.map((error) => formatError(error, lab.log))
      lab.metrics.answered(errors)
      return { ...result, errors } as FormattedExecutionResult
    },
    onConnect: ({ extra: { request } }) => {
      doors.lines.write(doors.identify(request), () => logOf(request).info('socket opened'))
      // Before anything else is told, a client that comes back hears whether it is the same history that goes on.
      return { identity: lab.identity }
    },
    onDisconnect: ({ extra: { request } }, code) =>
      doors.lines.write(doors.identify(request), () => logOf(request).info({ code }, 'socket closed')),
    onClose: ({ extra: { request } }) => operationsOf(request).closeAll(),
  })
  const refuse = (request: IncomingMessage, socket: Duplex, refusal: SocketRefusal) => {
    lab.metrics.socketRefused(refusal.status)
    doors.refusals.noteSocket(doors.identify(request), refusal, logOf(request))
    refuseSocket(socket, refusal)
  }
  port.takeSocket = (request, socket, head) => {
    // Whoever asks may leave before the answer: that ends this socket, and nothing else.
    const onFailure = (error: Error) => doors.refusals.noteFailure(doors.identify(request), error, logOf(request))
    socket.on('error', onFailure)
    const path = pathOf(request)
    if (path !== '/graphql') {
      return refuse(request, socket, { status: 404, code: 'NOT_FOUND', message: `No WebSocket is at ${path}; it is at /graphql.` })
    }
    const refusal = refusalOf(request, lab.settings)
    if (refusal) return refuse(request, socket, { status: 403, ...refusal })
    let leave: () => void
    try {
      leave = doors.gate.hold(doors.identify(request), 'sockets')
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      const { code, message, details } = error
      return refuse(request, socket, { status: details.of === 'lab' ? 503 : 429, code, message, details })
    }
    socket.once('close', leave)
    sockets.handleUpgrade(request, socket, head, (client) => {
      const reader = { about: aboutOf(request), pendingBytes: () => client.bufferedAmount, drop: () => client.terminate() }
      client.on('close', doors.output.add(reader))
      client.onSent = () => doors.output.check(reader)
      const [own, log] = [doors.identify(request), logOf(request)]
      const messages = { socket: client, connection: request.socket, client: own, doors, log }
      const onMessage = (handle: HandleMessage) => new SocketMessages(messages, handle)
      const onFault = (error: unknown) => doors.lines.write(own, () => log.error({ err: error }, 'message of a socket cannot be handled'))
      speakGraphql(graphql, { socket: client, request, messageBytes: 0 }, { onFailure, onFault, onMessage })
    })
  }
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away')
    const ending = setTimeout(() => {
      for (const client of sockets.clients) client.terminate()
    }, CLOSING_MILLISECONDS)
    await new Promise((resolve) => sockets.close(resolve))
    clearTimeout(ending)
  }
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
