import { Addresses } from '@hourglass/connections'

/**
 * @typedef {object} TurnLimits
 * @property {number} atOnce Pages that are rendered at the same time.
 * @property {number} waiting Pages that wait for their turn. 40 people who all open a page ask for some hundred parts of pages.
 * @property {number} unread Pages whose rendering waits for their readers.
 * @property {number} patience Milliseconds that a reader may take nothing before another page has its turn.
 */

/** @type {TurnLimits} */
const defaults = { atOnce: 4, waiting: 400, unread: 64, patience: 50 }

/**
 * @typedef {object} Waiting
 * @property {string} address
 * @property {number} before Pages that its connection was given before.
 * @property {(outcome: Outcome) => void} settle
 */

/** @typedef {'turn' | 'left' | 'busy'} Outcome */

/**
 * Lets a few pages be rendered at a time. Addresses come in turn, and of one address the connection that was given the fewest pages; what its client
 * left is not rendered. A page that nobody reads keeps nobody waiting.
 */
export class PageTurns {
  #limits
  #rendering = 0
  /** By address; the one that waits longest for its turn is the first. @type {Map<string, Waiting[]>} */
  #lines = new Map()
  #waiting = 0
  /** The one that was not read for longest is the first. @type {Set<import('node:http').ServerResponse>} */
  #unread = new Set()
  /** @type {WeakMap<import('node:net').Socket, number>} */
  #given = new WeakMap()

  #addresses

  /**
   * @param {Partial<TurnLimits>} [limits]
   * @param {readonly string[]} [trustedProxies] addresses or networks of proxies on other machines
   */
  constructor(limits, trustedProxies = []) {
    this.#limits = { ...defaults, ...limits }
    this.#addresses = new Addresses(trustedProxies)
  }

  /**
   * Waits for a turn, which ends with the answer: `turn` where it has come, `left` where the client went before, `busy` where too many wait.
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {Promise<Outcome>}
   */
  async take(request, response) {
    if (response.destroyed) return 'left'
    if (this.#rendering >= this.#limits.atOnce) {
      const outcome = await this.#wait(request, response)
      if (outcome !== 'turn') return outcome
    } else this.#rendering++
    const { socket } = request
    this.#given.set(socket, (this.#given.get(socket) ?? 0) + 1)
    this.#endWith(response)
    return 'turn'
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {Promise<Outcome>}
   */
  #wait(request, response) {
    return new Promise((resolve) => {
      const leave = () => {
        this.#remove(waiting)
        resolve('left')
      }
      /** @type {Waiting} */
      const waiting = {
        address: this.#addresses.of(request),
        before: this.#given.get(request.socket) ?? 0,
        settle: (outcome) => {
          response.off('close', leave)
          resolve(outcome)
        },
      }
      response.once('close', leave)
      const line = this.#lines.get(waiting.address) ?? []
      line.push(waiting)
      this.#lines.set(waiting.address, line)
      this.#waiting++
      if (this.#waiting > this.#limits.waiting) this.#refuse()
    })
  }

  /** Refuses the one that was given the most pages, at the address with the most that wait. */
  #refuse() {
    const [longest = []] = [...this.#lines.values()].sort((one, other) => other.length - one.length)
    const most = longest.reduceRight((found, each) => (each.before > found.before ? each : found))
    this.#remove(most)
    most.settle('busy')
  }

  /** @param {Waiting} waiting */
  #remove(waiting) {
    const line = this.#lines.get(waiting.address) ?? []
    const place = line.indexOf(waiting)
    if (place < 0) return
    line.splice(place, 1)
    this.#waiting--
    if (line.length === 0) this.#lines.delete(waiting.address)
  }

  #startNext() {
    for (const [address, line] of this.#lines) {
      if (this.#rendering >= this.#limits.atOnce) return
      const next = line.reduce((found, each) => (each.before < found.before ? each : found))
      this.#remove(next)
      // The round goes on with another address.
      if (this.#lines.delete(address)) this.#lines.set(address, line)
      this.#rendering++
      next.settle('turn')
      return
    }
  }

  /**
   * Ends the turn when the answer is made, when its client leaves, or when it does not go on because its client does not read.
   * @param {import('node:http').ServerResponse} response
   */
  #endWith(response) {
    let isOver = false
    const end = () => {
      this.#unread.delete(response)
      if (isOver) return
      isOver = true
      this.#rendering--
      this.#startNext()
    }
    const { write, end: finish } = response
    response.write = /** @type {typeof write} */ (
      (/** @type {Parameters<typeof write>} */ ...args) => {
        const isTaken = write.apply(response, args)
        if (!isTaken && !isOver) setTimeout(() => this.#lookWhetherRead(response, end), this.#limits.patience).unref()
        return isTaken
      }
    )
    response.end = /** @type {typeof finish} */ (
      (/** @type {Parameters<typeof finish>} */ ...args) => {
        const ended = finish.apply(response, args)
        end()
        return ended
      }
    )
    response.once('close', end)
  }

  /**
   * @param {import('node:http').ServerResponse} response
   * @param {() => void} end
   */
  #lookWhetherRead(response, end) {
    if (response.writableEnded || response.destroyed || !response.writableNeedDrain) return
    end()
    this.#unread.add(response)
    const [oldest] = this.#unread
    if (this.#unread.size > this.#limits.unread) oldest?.destroy()
  }
}
