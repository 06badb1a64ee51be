import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Addresses } from './Addresses.js'
import { Connection } from './Connection.js'
import { repeatedHeader } from './singleHeaders.js'
import { asksForWebSocket, withoutUpgrade } from './withoutUpgrade.js'

export interface ConnectionLimits {
  /** Connections at a time. 40 people with some pages each have a few hundred. @default 2,000 */
  readonly open: number
  /** Requests of a connection that are answered at a time. @default 1 */
  readonly atOnce: number
  /** Requests that a connection may send before it reads the answer to the first; browsers send one. @default 16 */
  readonly ahead: number
  /** Bytes that may be held for all readers together; one connection may have a quarter of them. @default 128 MiB */
  readonly unreadBytes: number
  /** So many looks in a row at which a reader has taken nothing of what is held for it end its connection. @default 30 */
  readonly stalledLooks: number
  /** In so many looks a request that has not arrived has to bring `arrivalBytes`. The API, which answers such a one, is given time for it. @default 40 */
  readonly arrivalLooks: number
  /** @default 60,000 */
  readonly arrivalBytes: number
  /** Milliseconds between looks. @default 1,000 */
  readonly look: number
}

const defaults: ConnectionLimits = {
  open: 2_000,
  atOnce: 1,
  ahead: 16,
  unreadBytes: 128 * 1024 * 1024,
  stalledLooks: 30,
  arrivalLooks: 40,
  arrivalBytes: 60_000,
  look: 1_000,
}

/** When it is worth while for whoever is refused to ask again, in seconds. */
const RETRY_SECONDS = 10

/** What was refused or ended since it was told of last. */
export interface ConnectionsTold {
  readonly address: string | undefined
  readonly reason: string
  readonly count: number
}

export interface ConnectionsOptions {
  readonly limits?: Partial<ConnectionLimits>
  /** Addresses or networks of proxies on other machines. */
  readonly trustedProxies?: readonly string[]
  /** Told at each look what was refused and ended since the last, by address and reason. */
  readonly log?: (told: ConnectionsTold) => void
}

/**
 * Bounds what connections hold: the requests of each are answered one after another, unless the limits say otherwise, so that one which reads nothing has a single answer under way; who
 * sends far ahead, hardly sends the request that was begun, reads nothing for long or leaves too much unread is cut off, and where too many are open, those
 * that ask for nothing. An address is served on no further connection once that is done on as many as are left for all others. A request that says twice what
 * may be said once, such as its host, is refused.
 */
export class Connections {
  readonly #server: Server
  readonly #limits: ConnectionLimits
  readonly #addresses: Addresses
  readonly #log: (told: ConnectionsTold) => void
  /** In the order in which they were last used. */
  readonly #open = new Map<Socket, Connection>()
  /** On how many an address is served. */
  readonly #serving = new Map<string, number>()
  #served = 0
  /** What was refused and ended since the last look, by address and reason. */
  readonly #told = new Map<string, ConnectionsTold>()

  constructor(server: Server, { limits, trustedProxies = [], log = () => undefined }: ConnectionsOptions = {}) {
    this.#server = server
    this.#limits = { ...defaults, ...limits }
    this.#addresses = new Addresses(trustedProxies)
    this.#log = log
    server.on('connection', (socket) => this.#add(socket))
    server.on('connect', ({ socket }) => this.#refuse(socket, 405, noProxy))
    const timer = setInterval(() => this.#look(), this.#limits.look).unref()
    server.once('close', () => clearInterval(timer))
  }

  /**
   * Waits until the requests before this one on its connection are answered; resolves whether it is to be answered: the connection is still there then, and
   * it says nothing twice that may be said once, and its address has no more of them than it may, which is answered here.
   */
  async admit(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { socket } = request
    const connection = this.#open.get(socket)
    if (!connection || socket.destroyed) return false
    if (connection.responses.size >= this.#limits.atOnce) {
      if (connection.line.length + 1 >= this.#limits.ahead) {
        this.#note(connection.address, 'sends too far ahead')
        socket.destroy()
        return false
      }
      const isThere = await new Promise<boolean>((resolve) => connection.line.push(resolve))
      if (!isThere) return false
    }
    connection.begin(request, response)
    response.once('close', () => {
      connection.responses.delete(response)
      if (connection.responses.size === 0) this.#release(connection)
      this.#touch(connection)
      connection.line.shift()?.(!socket.destroyed)
    })
    const repeated = repeatedHeader(request)
    if (repeated !== undefined) {
      answer(response, 400, repeatedProblem(repeated))
      return false
    }
    if (connection.address !== undefined || this.#serve(connection, this.#addresses.of(request))) return true
    answer(response, 429, tooMany)
    return false
  }

  /**
   * Tells whether a connection may become a WebSocket: not before it was answered everything that it asked in HTTP, and not where its address has too many, or
   * it says twice what may be said once. One that may not is answered and ended here; one that asks for another protocol is answered in HTTP, as if it had not.
   * @param head What came behind the request.
   */
  upgrade(request: IncomingMessage, head: Buffer): boolean {
    const { socket } = request
    const connection = this.#open.get(socket)
    if (!connection?.isIdle) return this.#refuse(socket)
    if (!asksForWebSocket(request)) {
      socket.unshift(Buffer.concat([withoutUpgrade(request), head]))
      this.#server.emit('connection', socket)
      return false
    }
    connection.isUpgraded = true
    const repeated = repeatedHeader(request)
    if (repeated !== undefined) return this.#refuse(socket, 400, repeatedProblem(repeated))
    return this.#serve(connection, this.#addresses.of(request)) || this.#refuse(socket, 429, tooMany)
  }

  #refuse(socket: Socket, status?: Status, problem?: Problem): false {
    if (status && problem) {
      const { headers, body } = write(problem)
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
    }
    socket.destroySoon()
    return false
  }

  #add(socket: Socket): void {
    // One that asked for another protocol begins anew.
    if (this.#open.has(socket)) return
    // Whatever becomes of it: an error that nobody listens to would end the process.
    socket.on('error', () => socket.destroy())
    const address = this.#addresses.ofSocket(socket)
    if (this.#open.size >= this.#limits.open && !this.#endIdle(address) && !this.#endIdle()) {
      this.#note(address, 'all connections are in use')
      socket.destroy()
      return
    }
    const connection = new Connection(socket)
    this.#open.set(socket, connection)
    socket.once('close', () => {
      this.#forget(connection)
      for (const tell of connection.line.splice(0)) tell(false)
      connection.closeUnsent()
    })
  }

  /** Says whom a connection serves from now on, and returns whether that address may be served on one more. */
  #serve(connection: Connection, address: string): boolean {
    const serving = this.#serving.get(address) ?? 0
    if (serving >= this.#limits.open - this.#served) {
      this.#note(address, 'the address has as many connections as are left for others')
      return false
    }
    connection.address = address
    this.#serving.set(address, serving + 1)
    this.#served++
    return true
  }

  #release(connection: Connection): void {
    const { address } = connection
    if (address === undefined) return
    connection.address = undefined
    this.#served--
    const left = (this.#serving.get(address) ?? 1) - 1
    if (left === 0) this.#serving.delete(address)
    else this.#serving.set(address, left)
  }

  /** Ends the connection that has asked for nothing for longest, of all or of those that one address has opened; false where each asks for something. */
  #endIdle(address?: string): boolean {
    for (const connection of this.#open.values()) {
      if (!connection.isIdle || (address !== undefined && this.#addresses.ofSocket(connection.socket) !== address)) continue
      this.#end(connection)
      return true
    }
    return false
  }

  #touch(connection: Connection): void {
    if (!this.#open.delete(connection.socket)) return
    this.#open.set(connection.socket, connection)
  }

  #look(): void {
    const { unreadBytes, stalledLooks, arrivalLooks, arrivalBytes } = this.#limits
    let total = 0
    for (const connection of this.#open.values()) {
      connection.look(arrivalBytes)
      if (connection.stalled >= stalledLooks) this.#end(connection, 'reads nothing')
      else if (connection.unreadBytes > unreadBytes / 4) this.#end(connection, 'leaves too much unread')
      else if (connection.arriving >= arrivalLooks) this.#end(connection, 'hardly sends what it has begun')
      else total += connection.unreadBytes
    }
    if (total > unreadBytes) this.#endFullest(total)
    for (const told of this.#told.values()) this.#log(told)
    this.#told.clear()
  }

  #endFullest(total: number): void {
    let left = total
    const held = [...this.#open.values()].map((connection) => ({ connection, bytes: connection.unreadBytes }))
    for (const { connection, bytes } of held.sort((one, other) => other.bytes - one.bytes)) {
      if (left <= this.#limits.unreadBytes) return
      this.#end(connection, 'leaves the most unread')
      left -= bytes
    }
  }

  /** @param reason Left out where that is nothing to speak of. */
  #end(connection: Connection, reason?: string): void {
    if (reason) this.#note(connection.address ?? this.#addresses.ofSocket(connection.socket), reason)
    this.#forget(connection)
    connection.socket.destroy()
  }

  #forget(connection: Connection): void {
    this.#open.delete(connection.socket)
    this.#release(connection)
  }

  #note(address: string | undefined, reason: string): void {
    const key = `${address} ${reason}`
    this.#told.set(key, { address, reason, count: (this.#told.get(key)?.count ?? 0) + 1 })
  }
}

type Status = 400 | 405 | 429

interface Problem {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>>
}

const tooMany: Problem = {
  message: `Expected no more connections of one address than are left for others, got more. Try again in ${RETRY_SECONDS} s.`,
  extensions: { code: 'TOO_MANY_REQUESTS', limit: 'connections', of: 'network', retryAfterSeconds: RETRY_SECONDS },
}

const noProxy: Problem = {
  message: 'Expected a request of this server, got CONNECT: it leads nowhere else.',
  extensions: { code: 'METHOD_NOT_ALLOWED' },
}

const repeatedProblem = (name: string): Problem => ({
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

function answer(response: ServerResponse, status: Status, problem: Problem): void {
  const { headers, body } = write(problem)
  response.writeHead(status, headers).end(body)
}
