import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { BoundedRequest, type ConnectionLimits, Connections, type ConnectionsTold } from '@hourglass/connections'
import { labLimits } from '../../clients/clientLimits.js'
import type { Settings } from '../../Settings.js'
import { StartupError } from '../../StartupError.js'
import { problem } from './artifactRoutes.js'
import { refuseSocket } from './refuseSocket.js'

/** How long an idle connection stays open, in milliseconds: longer than proxies keep theirs, which would reuse one that just closed. */
const KEEP_ALIVE = 75_000
/** Node would end every request that takes longer than that to arrive, in milliseconds, also an archive on a slow line: `boundArrival` and `boundTransfers` tell them apart. */
const requestTimeout = 0
/** How long a connection may take to say what it wants, and how often that is looked at, in milliseconds; without the former Node would wait as long as for a request. */
const arrival: ArrivalTimes = { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 }

export interface ArrivalTimes {
  readonly headersTimeout: number
  readonly connectionsCheckingInterval: number
}

/** As many connections as all clients may have sockets, and as many for everything else. */
const CONNECTIONS = 2 * labLimits.sockets
/** Requests of a connection that are answered at a time. The dashboard sends the next one on a connection once the last was answered, and opens another meanwhile. */
const AT_ONCE = 4
/** What is unread, and what hardly arrives, is bounded where it can be told whose it is and be answered: see `OutputBudget`, `boundArrival` and `boundTransfers`. */
const boundedElsewhere = {
  unreadBytes: Number.POSITIVE_INFINITY,
  stalledLooks: Number.POSITIVE_INFINITY,
  arrivalLooks: Number.POSITIVE_INFINITY,
}

export interface OpenPort {
  readonly server: Server
  readonly connections: Connections
  /** Answers the requests that are admitted. */
  answer: RequestListener
  /** Takes the connections that may become WebSockets. */
  takeSocket: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

export interface OpenPortOptions {
  readonly times?: ArrivalTimes
  /** @default as many connections as the lab's limits leave room for */
  readonly limits?: Partial<ConnectionLimits>
  /** Told what is refused and ended. */
  readonly log?: (told: ConnectionsTold) => void
}

type PortSettings = Pick<Settings, 'host' | 'port' | 'trustedProxies' | 'clientLimitFactor'>

/**
 * Opens the port and answers 503 to everything until it is told what else, so that a taken port is known before any data changes, and no request
 * meets data that is being recovered. Throws a StartupError where a setting is in the way.
 */
export async function openPort(settings: PortSettings, { times = arrival, limits, log }: OpenPortOptions = {}): Promise<OpenPort> {
  const server = createServer({ IncomingMessage: BoundedRequest, requestTimeout, ...times })
  const { trustedProxies, clientLimitFactor } = settings
  const open = Math.ceil(CONNECTIONS * Math.max(1, clientLimitFactor))
  const connections = new Connections(server, {
    limits: { open, atOnce: AT_ONCE, ...boundedElsewhere, ...limits },
    trustedProxies,
    ...(log && { log }),
  })
  server.keepAliveTimeout = KEEP_ALIVE
  const port: OpenPort = {
    server,
    connections,
    answer: (_, response) => refuse(response),
    takeSocket: (_, socket) => refuseSocket(socket, starting),
  }
  server.on('request', async (request, response) => {
    if (await connections.admit(request, response)) port.answer(request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    if (connections.upgrade(request, head)) port.takeSocket(request, socket, head)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, settings)))
    server.listen(settings.port, settings.host, resolve)
  })
  return port
}

const starting = {
  status: 503,
  code: 'LAB_STARTING',
  message: 'The lab is starting; nothing was changed. Try again in a moment.',
  details: { retryAfterSeconds: 1 },
}

function refuse(response: ServerResponse): void {
  response
    .writeHead(503, { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': '1', Connection: 'close' })
    .end(JSON.stringify(problem(starting.code, starting.message)))
}

function explain(error: NodeJS.ErrnoException, { host, port }: Pick<Settings, 'host' | 'port'>): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use: set HOURGLASS_API_PORT to a free one.`,
    EACCES: `Port ${port} may not be used by this user: set HOURGLASS_API_PORT to one above 1023.`,
    EADDRNOTAVAIL: `The address ${host} is not one of this machine: set HOURGLASS_HOST to one that is.`,
    ENOTFOUND: `The host ${host} is not known: set HOURGLASS_HOST to an address of this machine.`,
  }
  const reason = reasons[error.code ?? '']
  return reason ? new StartupError(reason) : error
}
