import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Addresses } from './Addresses.js'
import { Connection } from './Connection.js'
import { Places } from './Places.js'
import { answer, endWith, noProxy, type Problem, repeatedProblem, type Status, tooMany, tooSlow } from './problems.js'
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
  /** For so many looks a connection that sent too far ahead is kept, unread and in its address's place. @default 5 */
  readonly cutLooks: number
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
  cutLooks: 5,
  look: 1_000,
}

/** Looks in which a request has hardly come before it gives way. */
const SLOW_LOOKS = 2
/** From so many connections of an address on that sent too far ahead and are not ended, it may send less far ahead on others, so that a thousand of them cost little. */
const FEW_CUT = 20
/** So far then: what asks for a page after it was answered the last one never comes to it. */
const AHEAD_OF_CUT = 2

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
 * Bounds what connections hold: the requests of each are answered one after another, unless the limits say otherwise, so that one which reads nothing has a
 * single answer under way; who hardly sends the request that was begun, reads nothing for long or leaves too much unread is cut off, and where too many are
 * open, those that ask for nothing. Who sends far ahead is not read for a while before that, so that it is not back at once; requests that are
 * {@link BoundedRequest}s let it be so. An address is served on no further connection once that is done on as many as are left for all others, unless one of
 * them hardly sends what it has begun: that one is ended. A request that
 * says twice what may be said once, such as its host, is refused.
 */
export class Connections {
  readonly #server: Server
  readonly #limits: ConnectionLimits
  readonly #addresses: Addresses
  readonly #log: (told: ConnectionsTold) => void
  /** In the order in which they were last used. */
  readonly #open = new Map<Socket, Connection>()
  readonly #places: Places
  /** Numbers turns of the event loop in which requests came. */
  #turn = 0
  #isInTurn = false
  /** What was refused and ended since the last look, by address and reason. */
  readonly #told = new Map<string, ConnectionsTold>()

  constructor(server: Server, { limits, trustedProxies = [], log = () => undefined }: ConnectionsOptions = {}) {
    this.#server = server
    this.#limits = { ...defaults, ...limits }
    this.#places = new Places(this.#limits.open)
    this.#addresses = new Addresses(trustedProxies)
    this.#log = log
    server.on('connection', (socket) => this.#add(socket))
    server.on('connect', ({ socket }) => this.#isCut(socket) || this.#refuse(socket, 405, noProxy))
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
    if (!connection || connection.isCut || socket.destroyed) return false
    const mustWait = connection.responses.size >= this.#limits.atOnce
    const address = connection.address ?? this.#addresses.of(request)
    const ahead = this.#places.cutOf(address) < FEW_CUT ? this.#limits.ahead : Math.min(AHEAD_OF_CUT, this.#limits.ahead)
    // What is refused may be answered while the rest of what was read with it is parsed: none of that has been read by who has sent it.
    if (connection.count(this.#beginTurn()) > ahead || (mustWait && connection.line.length + 1 >= ahead))
      return this.#cut(connection, request, address)
    if (mustWait) {
      const isThere = await new Promise<boolean>((resolve) => connection.line.push(resolve))
      if (!isThere) return false
    }
    connection.begin(request, response)
    response.once('close', () => {
      connection.responses.delete(response)
      if (connection.responses.size === 0 && !connection.isCut) this.#places.release(connection)
      this.#touch(connection)
      connection.line.shift()?.(!socket.destroyed)
    })
    const repeated = repeatedHeader(request)
    if (repeated !== undefined) {
      answer(response, 400, repeatedProblem(repeated))
      return false
    }
    if (connection.address === undefined && !this.#serve(connection, address)) {
      answer(response, 429, tooMany)
      return false
    }
    // The rest of what was read with this request is mostly parsed before the next line, and may have been too much.
    await Promise.resolve()
    return !connection.isCut
  }

  /**
   * Tells whether a connection may become a WebSocket: not before it was answered everything that it asked in HTTP, and not where its address has too many, or
   * it says twice what may be said once. One that may not is answered and ended here; one that asks for another protocol is answered in HTTP, as if it had not.
   * @param head What came behind the request.
   */
  upgrade(request: IncomingMessage, head: Buffer): boolean {
    const { socket } = request
    if (this.#isCut(socket)) return false
    const connection = this.#open.get(socket)
    if (!connection?.isIdle) {
      socket.destroySoon()
      return false
    }
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

  #beginTurn(): number {
    if (!this.#isInTurn) {
      this.#isInTurn = true
      this.#turn++
      setImmediate(() => {
        this.#isInTurn = false
      })
    }
    return this.#turn
  }

  /** Tells whether nothing more is taken of a connection; one that has left HTTP for that is not read either. */
  #isCut(socket: Socket): boolean {
    const isCut = this.#open.get(socket)?.isCut ?? false
    if (isCut) socket.pause()
    return isCut
  }

  #refuse(socket: Socket, status: Status, problem: Problem): false {
    endWith(socket, status, problem)
    return false
  }

  #add(socket: Socket): void {
    // One that asked for another protocol begins anew.
    if (this.#open.has(socket)) return
    // Whatever becomes of it: an error that nobody listens to would end the process.
    socket.on('error', () => socket.destroy())
    const address = this.#addresses.ofSocket(socket)
    if (this.#open.size >= this.#limits.open && !this.#endSpare(address) && !this.#endSpare()) {
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
    const isServed = this.#places.take(connection, address) || (this.#endSlowest(address) && this.#places.take(connection, address))
    if (!isServed) this.#note(address, 'the address has as many connections as are left for others')
    return isServed
  }

  /** Gives up the connection of an address whose request has hardly come for longest: others there need its place. False where none hardly comes. */
  #endSlowest(address: string): boolean {
    let slowest: Connection | undefined
    for (const connection of this.#open.values()) {
      if (connection.address === address && connection.arriving > (slowest?.arriving ?? SLOW_LOOKS - 1)) slowest = connection
    }
    if (!slowest) return false
    this.#note(address, 'hardly sends what it has begun, where others of its address wait')
    this.#forget(slowest)
    if (slowest.isUnanswered) endWith(slowest.socket, 408, tooSlow)
    else slowest.socket.destroy()
    return true
  }

  /** Takes nothing more of who sends too far ahead; until it is ended it has a place of its address, also where it was answered all it had asked for. */
  #cut(connection: Connection, request: IncomingMessage, address: string): false {
    this.#note(address, 'sends too far ahead')
    if (connection.address === undefined) this.#places.take(connection, address)
    connection.cut(request)
    this.#places.cut(connection)
    return false
  }

  /** Ends the connection that has asked for nothing, or is cut, for longest, of all or of those that one address has opened; false where each asks for something. */
  #endSpare(address?: string): boolean {
    for (const connection of this.#open.values()) {
      if (!connection.isSpare || (address !== undefined && this.#addresses.ofSocket(connection.socket) !== address)) continue
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
    // A server that closes waits for none of them.
    const cutLooks = this.#server.listening ? this.#limits.cutLooks : 0
    let total = 0
    for (const connection of this.#open.values()) {
      connection.look(arrivalBytes)
      if (connection.isCut && connection.cutLooks >= cutLooks) this.#end(connection)
      else if (connection.stalled >= stalledLooks) this.#end(connection, 'reads nothing')
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
    this.#places.release(connection)
  }

  #note(address: string | undefined, reason: string): void {
    const key = `${address} ${reason}`
    this.#told.set(key, { address, reason, count: (this.#told.get(key)?.count ?? 0) + 1 })
  }
}
