/**
 * @typedef {object} ConnectionLimits
 * @property {number} open Connections at a time. 40 people with some pages each have a few hundred.
 * @property {number} ahead Requests that a connection may send before it reads the answer to the first; browsers send one.
 * @property {number} unreadBytes Bytes that may be held for all readers together; one connection may have a quarter of them.
 * @property {number} stalledLooks So many looks in a row at which a reader has taken nothing of what is held for it end its connection.
 * @property {number} look Milliseconds between looks.
 */

/** @type {ConnectionLimits} */
const defaults = { open: 2_000, ahead: 16, unreadBytes: 128 * 1024 * 1024, stalledLooks: 30, look: 1_000 }

/** What is known of one connection. */
class Connection {
  /** Requests that wait for the answer before theirs. @type {((isThere: boolean) => void)[]} */
  line = []
  /** What is being answered. @type {import('node:http').ServerResponse | undefined} */
  response
  isUpgraded = false
  /** Bytes that the reader had taken at the last look, and at how many looks that has been the same although more is held for it. */
  taken = 0
  stalled = 0

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

  look() {
    const taken = this.socket.bytesWritten - this.socket.writableLength
    this.stalled = this.unreadBytes > 0 && taken === this.taken ? this.stalled + 1 : 0
    this.taken = taken
  }
}

/**
 * Bounds what connections hold: the requests of each are answered one after another, so that one which reads nothing has a single answer under way; who
 * sends far ahead, reads nothing for long or leaves too much unread is cut off, and where too many are open, those that ask for nothing.
 */
export class Connections {
  #limits
  /** In the order in which they were last used. @type {Map<import('node:stream').Duplex, Connection>} */
  #open = new Map()

  /**
   * @param {import('node:http').Server} server
   * @param {Partial<ConnectionLimits>} [limits]
   */
  constructor(server, limits) {
    this.#limits = { ...defaults, ...limits }
    server.on('connection', (socket) => this.#add(socket))
    const timer = setInterval(() => this.#look(), this.#limits.look).unref()
    server.once('close', () => clearInterval(timer))
  }

  /**
   * Waits until the requests before this one on its connection are answered; resolves whether the connection is still there then.
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {Promise<boolean>}
   */
  async admit({ socket }, response) {
    const connection = this.#open.get(socket)
    if (!connection || socket.destroyed) return false
    if (connection.response) {
      if (connection.line.length + 1 >= this.#limits.ahead) {
        socket.destroy()
        return false
      }
      const isThere = await new Promise((resolve) => connection.line.push(resolve))
      if (!isThere) return false
    }
    connection.response = response
    response.once('close', () => {
      connection.response = undefined
      this.#touch(connection)
      connection.line.shift()?.(!socket.destroyed)
    })
    return true
  }

  /**
   * Tells whether a connection may become a WebSocket: not before it was answered everything that it asked in HTTP.
   * @param {import('node:stream').Duplex} socket
   */
  upgrade(socket) {
    const connection = this.#open.get(socket)
    if (!connection?.isIdle) return false
    connection.isUpgraded = true
    return true
  }

  /** @param {import('node:net').Socket} socket */
  #add(socket) {
    if (this.#open.size >= this.#limits.open) {
      const idle = [...this.#open.values()].find(({ isIdle }) => isIdle)
      if (!idle) {
        socket.destroy()
        return
      }
      this.#end(idle)
    }
    const connection = new Connection(socket)
    this.#open.set(socket, connection)
    socket.once('close', () => {
      this.#open.delete(socket)
      for (const tell of connection.line.splice(0)) tell(false)
    })
  }

  /** @param {Connection} connection */
  #touch(connection) {
    if (!this.#open.delete(connection.socket)) return
    this.#open.set(connection.socket, connection)
  }

  #look() {
    const { unreadBytes, stalledLooks } = this.#limits
    let total = 0
    for (const connection of this.#open.values()) {
      connection.look()
      if (connection.stalled >= stalledLooks || connection.unreadBytes > unreadBytes / 4) this.#end(connection)
      else total += connection.unreadBytes
    }
    if (total <= unreadBytes) return
    const held = [...this.#open.values()].map((connection) => ({ connection, bytes: connection.unreadBytes }))
    for (const { connection, bytes } of held.sort((one, other) => other.bytes - one.bytes)) {
      if (total <= unreadBytes) return
      this.#end(connection)
      total -= bytes
    }
  }

  /** @param {Connection} connection */
  #end({ socket }) {
    this.#open.delete(socket)
    socket.destroy()
  }
}
