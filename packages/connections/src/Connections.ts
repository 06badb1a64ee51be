import { Addresses } from './Addresses.mjs'
import { answerProblem } from './starting.mjs'

/**
 * @typedef {object} ConnectionLimits
 * @property {number} open Connections at a time. 40 people with some pages each have a few hundred.
 * @property {number} ahead Requests that a connection may send before it reads the answer to the first; browsers send one.
 * @property {number} unreadBytes Bytes that may be held for all readers together; one connection may have a quarter of them.
 * @property {number} stalledLooks So many looks in a row at which a reader has taken nothing of what is held for it end its connection.
 * @property {number} arrivalLooks In so many looks a request that has not arrived has to bring `arrivalBytes`. The API, which answers such a one, is given time for it.
 * @property {number} arrivalBytes
 * @property {number} look Milliseconds between looks.
 */

/** @type {ConnectionLimits} */
const defaults = {
  open: 2_000,
  ahead: 16,
  unreadBytes: 128 * 1024 * 1024,
  stalledLooks: 30,
  arrivalLooks: 40,
  arrivalBytes: 60_000,
  look: 1_000,
}

/** When it is worth while for whoever is refused to ask again, in seconds. */
const RETRY_SECONDS = 10

/**
 * @typedef {object} ConnectionsOptions
 * @property {Partial<ConnectionLimits>} [limits]
 * @property {readonly string[]} [trustedProxies] Addresses or networks of proxies on other machines.
 * @property {(line: Record<string, unknown>) => void} [log] Told at each look what was refused and ended since the last, by address and reason.
 */

/** What is known of one connection. */
class Connection {
  /** Whom it serves, while it does. @type {string | undefined} */
  address
  /** Requests that wait for the answer before theirs. @type {((isThere: boolean) => void)[]} */
  line = []
  /** What is being answered. @type {import('node:http').ServerResponse | undefined} */
  response
  /** The newest request, which may still be arriving. @type {import('node:http').IncomingMessage | undefined} */
  request
  isUpgraded = false
  /** Bytes that the reader had taken at the last look, and at how many looks that has been the same although more is held for it. */
  taken = 0
  stalled = 0
  /** Looks since the newest request had brought enough, and how many bytes had come by then. */
  arriving = 0
  arrived = 0

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.socket = socket
  }

  get isIdle() {
    return this.response === undefined && !this.isUpgraded
  }

  get unreadBytes() {
    return Math.max(this.socket.writableLength, this.response?.writableLength ?? 0)
  }

  /** @param {import('node:http').IncomingMessage} request */
  begin(request) {
    this.request = request
    this.arriving = 0
    this.arrived = this.socket.bytesRead
  }

  /** @param {number} enough Bytes that a request has to bring. */
  look(enough) {
    const taken = this.socket.bytesWritten - this.socket.writableLength
    this.stalled = this.unreadBytes > 0 && taken === this.taken ? this.stalled + 1 : 0
    this.taken = taken
    // What came and was not read by us yet is no fault of the sender; how fast an archive has to come the API knows.
    const isArriving = this.request !== undefined && !this.request.complete && !this.request.url?.startsWith('/archives')
    if (!isArriving || this.request?.readableLength || this.socket.bytesRead - this.arrived >= enough) {
      this.arriving = 0
      this.arrived = this.socket.bytesRead
    } else this.arriving++
  }
}

/**
 * Bounds what connections hold: the requests of each are answered one after another, so that one which reads nothing has a single answer under way; who
 * sends far ahead, hardly sends the request that was begun, reads nothing for long or leaves too much unread is cut off, and where too many are open, those
 * that ask for nothing. An address is served on no further connection once that is done on as many as are left for all others.
 */
export class Connections {
  #limits
  #addresses
  #log
  /** In the order in which they were last used. @type {Map<import('node:stream').Duplex, Connection>} */
  #open = new Map()
  /** On how many an address is served. @type {Map<string, number>} */
  #serving = new Map()
  #served = 0
  /** What was refused and ended since the last look, by address and reason. @type {Map<string, { address: string | undefined, reason: string, count: number }>} */
  #told = new Map()

  /**
   * @param {import('node:http').Server} server
   * @param {ConnectionsOptions} [options]
   */
  constructor(server, { limits, trustedProxies = [], log = () => undefined } = {}) {
    this.#limits = { ...defaults, ...limits }
    this.#addresses = new Addresses(trustedProxies)
    this.#log = log
    server.on('connection', (socket) => this.#add(socket))
    const timer = setInterval(() => this.#look(), this.#limits.look).unref()
    server.once('close', () => clearInterval(timer))
  }

  /**
   * Waits until the requests before this one on its connection are answered; resolves whether it is to be answered: the connection is still there then, and
   * its address has no more of them than it may, which is answered here.
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {Promise<boolean>}
   */
  async admit(request, response) {
    const { socket } = request
    const connection = this.#open.get(socket)
    if (!connection || socket.destroyed) return false
    if (connection.response) {
      if (connection.line.length + 1 >= this.#limits.ahead) {
        this.#note(connection.address, 'sends too far ahead')
        socket.destroy()
        return false
      }
      const isThere = await new Promise((resolve) => connection.line.push(resolve))
      if (!isThere) return false
    }
    connection.response = response
    connection.begin(request)
    response.once('close', () => {
      connection.response = undefined
      this.#release(connection)
      this.#touch(connection)
      connection.line.shift()?.(!socket.destroyed)
    })
    if (this.#serve(connection, this.#addresses.of(request))) return true
    response.setHeader('Connection', 'close')
    answerProblem(response, tooMany)
    return false
  }

  /**
   * Tells whether a connection may become a WebSocket: not before it was answered everything that it asked in HTTP, and not where its address has too many,
   * which is answered here. The socket of one that may not has to be ended.
   * @param {import('node:http').IncomingMessage} request
   */
  upgrade(request) {
    const { socket } = request
    const connection = this.#open.get(socket)
    if (!connection?.isIdle) return false
    connection.isUpgraded = true
    if (this.#serve(connection, this.#addresses.of(request))) return true
    socket.write(`HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: ${RETRY_SECONDS}\r\nContent-Length: 0\r\n\r\n`)
    return false
  }

  /** @param {import('node:net').Socket} socket */
  #add(socket) {
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
    })
  }

  /**
   * Says whom a connection serves from now on, and returns whether that address may be served on one more.
   * @param {Connection} connection
   * @param {string} address
   */
  #serve(connection, address) {
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

  /** @param {Connection} connection */
  #release(connection) {
    const { address } = connection
    if (address === undefined) return
    connection.address = undefined
    this.#served--
    const left = (this.#serving.get(address) ?? 1) - 1
    if (left === 0) this.#serving.delete(address)
    else this.#serving.set(address, left)
  }

  /**
   * Ends the connection that has asked for nothing for longest, of all or of those that one address has opened; false where each asks for something.
   * @param {string} [address]
   */
  #endIdle(address) {
    for (const connection of this.#open.values()) {
      if (!connection.isIdle || (address !== undefined && this.#addresses.ofSocket(connection.socket) !== address)) continue
      this.#end(connection)
      return true
    }
    return false
  }

  /** @param {Connection} connection */
  #touch(connection) {
    if (!this.#open.delete(connection.socket)) return
    this.#open.set(connection.socket, connection)
  }

  #look() {
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
    for (const line of this.#told.values()) this.#log(line)
    this.#told.clear()
  }

  /** @param {number} total */
  #endFullest(total) {
    let left = total
    const held = [...this.#open.values()].map((connection) => ({ connection, bytes: connection.unreadBytes }))
    for (const { connection, bytes } of held.sort((one, other) => other.bytes - one.bytes)) {
      if (left <= this.#limits.unreadBytes) return
      this.#end(connection, 'leaves the most unread')
      left -= bytes
    }
  }

  /**
   * @param {Connection} connection
   * @param {string} [reason] Left out where that is nothing to speak of.
   */
  #end(connection, reason) {
    if (reason) this.#note(connection.address ?? this.#addresses.ofSocket(connection.socket), reason)
    this.#forget(connection)
    connection.socket.destroy()
  }

  /** @param {Connection} connection */
  #forget(connection) {
    this.#open.delete(connection.socket)
    this.#release(connection)
  }

  /**
   * @param {string | undefined} address
   * @param {string} reason
   */
  #note(address, reason) {
    const key = `${address} ${reason}`
    const told = this.#told.get(key) ?? { address, reason, count: 0 }
    told.count++
    this.#told.set(key, told)
  }
}

const tooMany = {
  status: 429,
  code: 'TOO_MANY_REQUESTS',
  message: `Expected no more connections of one address than are left for others, got more. Try again in ${RETRY_SECONDS} s.`,
  details: { limit: 'connections', of: 'network', retryAfterSeconds: RETRY_SECONDS },
}
