import { Addresses, browserOf, PeriodCounts } from '@hourglass/connections'

/** What one client may ask for in a minute: somebody who goes through the lab asks for some hundred pages and parts of pages, with those fetched ahead. */
const limits = { pages: 2_400, files: 20_000, bytes: 2 * 1024 ** 3 }
/** So many times as much may all clients at one address, which a classroom shares. */
const CLIENTS_OF_ADDRESS = 10
/** Clients, and addresses, whose use is counted at a time. */
const MOST_COUNTED = 10_000
const MINUTE_SECONDS = 60

/** Words for what is counted. @type {Readonly<Record<Limit, string>>} */
const names = { pages: 'pages and parts of pages', files: 'files of pages', bytes: 'bytes of pages' }

/**
 * @typedef {keyof typeof limits} Limit
 * @typedef {object} Refusal
 * @property {string} message
 * @property {{ limit: Limit, of: 'client' | 'network', retryAfterSeconds: number }} details
 */

/** Counts the pages and files that each client asks for, as the API counts what is asked of it, and refuses what goes beyond. */
export class PageGate {
  #addresses
  #period
  #most
  #clients
  #networks
  #log
  /** Who was refused in this period, so that the log has one line of each. @type {Set<string>} */
  #refused = new Set()

  /** @param {{ factor?: number, period?: number, trustedProxies?: readonly string[], log?: (line: Record<string, unknown>) => void }} options */
  constructor({ factor = 1, period = MINUTE_SECONDS, trustedProxies = [], log = () => undefined }) {
    this.#addresses = new Addresses(trustedProxies)
    this.#period = period
    this.#log = log
    const counting = { period, mostCounted: MOST_COUNTED }
    this.#most = mapLimits((most) => Math.ceil((most * factor * period) / MINUTE_SECONDS))
    this.#clients = mapLimits((_, limit) => new PeriodCounts(this.#most[limit], counting))
    this.#networks = mapLimits((_, limit) => new PeriodCounts(this.#most[limit] * CLIENTS_OF_ADDRESS, counting))
  }

  /**
   * Counts a request and the bytes of its answer; resolves with why it is refused, undefined where it is not.
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @param {'pages' | 'files'} kind
   * @returns {Promise<Refusal | undefined>}
   */
  async admit(request, response, kind) {
    const network = this.#addresses.of(request)
    const browser = browserOf(request)
    const key = browser === null ? network : `${network} ${browser}`
    const { socket } = request
    const before = socket.bytesWritten
    response.once('close', () => {
      const bytes = socket.bytesWritten - before
      void this.#clients.bytes.use(key, bytes)
      void this.#networks.bytes.use(network, bytes)
    })
    return (
      this.#refusal('bytes', {
        network,
        ofClient: await this.#clients.bytes.untilMore(key),
        ofNetwork: await this.#networks.bytes.untilMore(network),
      }) ??
      this.#refusal(kind, {
        network,
        ofClient: await this.#clients[kind].use(key, 1),
        ofNetwork: await this.#networks[kind].use(network, 1),
      })
    )
  }

  /**
   * @param {Limit} limit
   * @param {{ network: string, ofClient: number | null, ofNetwork: number | null }} waiting Milliseconds until there is more, of whom there is none left.
   * @returns {Refusal | undefined}
   */
  #refusal(limit, { network, ofClient, ofNetwork }) {
    if (ofClient === null && ofNetwork === null) return undefined
    const isNetwork = (ofNetwork ?? -1) >= (ofClient ?? -1)
    const retryAfterSeconds = Math.max(1, Math.ceil(Math.max(ofClient ?? 0, ofNetwork ?? 0) / 1000))
    const most = this.#most[limit] * (isNetwork ? CLIENTS_OF_ADDRESS : 1)
    const period = this.#period === MINUTE_SECONDS ? 'a minute' : `${this.#period} s`
    const whose = isNetwork ? 'all clients at one address' : 'one client'
    this.#note(network, limit)
    return {
      message: `Expected at most ${most.toLocaleString('en')} ${names[limit]} in ${period} of ${whose}, got more. Try again in ${retryAfterSeconds} s.`,
      details: { limit, of: isNetwork ? 'network' : 'client', retryAfterSeconds },
    }
  }

  /**
   * @param {string} network
   * @param {Limit} limit
   */
  #note(network, limit) {
    const name = `${limit} ${network}`
    if (this.#refused.has(name)) return
    if (this.#refused.size === 0) setTimeout(() => this.#refused.clear(), this.#period * 1000).unref()
    this.#refused.add(name)
    this.#log({ msg: 'pages refused', network, limit })
  }
}

/**
 * @template Made
 * @param {(most: number, limit: Limit) => Made} make
 * @returns {Record<Limit, Made>}
 */
function mapLimits(make) {
  return { pages: make(limits.pages, 'pages'), files: make(limits.files, 'files'), bytes: make(limits.bytes, 'bytes') }
}
