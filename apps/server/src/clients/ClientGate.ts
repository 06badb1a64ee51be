import { PeriodCounts, type PeriodCountsOptions } from '@hourglass/connections'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Client } from './Client.js'
import {
  BUSY_CLIENTS_OF_A_NETWORK,
  CLIENTS_OF_A_NETWORK,
  type ClientLimits,
  clientLimits,
  type Held,
  heldRetrySeconds,
  labLimits,
  limitNames,
  type Rate,
  raisedForAll,
} from './clientLimits.js'

/** Clients, and networks, whose use is counted at a time. */
const MOST_COUNTED = 10_000

export interface ClientGateOptions {
  /** Multiplies what one client may have, and where it is more than 1 what all may have open; never how many archives, calls of models or bytes of requests. @default 1 */
  readonly factor?: number
  /** Over how many seconds requests, bytes and work are counted; so much of a minute's limit is the limit of that time. @default 60 */
  readonly period?: number
  /** How many clients are counted at a time. @default 10,000 */
  readonly mostCounted?: number
}

const MINUTE_SECONDS = 60

/** What is smaller is not counted: most operations take some milliseconds of work, most messages some microseconds. */
const partsOf: Readonly<Record<Rate, number>> = { requests: 1, messages: 1, bytes: 1, workSeconds: 1_000_000 }

/**
 * Counts what each client uses, over HTTP and sockets alike, and refuses with TOO_MANY_REQUESTS what goes beyond. All clients of one network together have
 * a limit too, so that leaving out or changing the cookie gains little; and of what all may have open, a network is given nothing more once it has as much
 * as is left for all others.
 */
export class ClientGate {
  readonly #limits: ClientLimits
  readonly #labLimits: Readonly<Record<Held, number>>
  readonly #period: number
  readonly #rates: Readonly<Record<Rate, Limiters>>
  readonly #held: Readonly<Record<Held, Map<string, number>>> = mapValues(labLimits, () => new Map())
  readonly #totals: Record<Held, number> = mapValues(labLimits, () => 0)

  constructor({ factor = 1, period = MINUTE_SECONDS, mostCounted = MOST_COUNTED }: ClientGateOptions = {}) {
    this.#period = period
    const ofPeriod = (limit: number) => Math.ceil((limit * factor * period) / MINUTE_SECONDS)
    const rates = mapValues({ requests: 0, messages: 0, bytes: 0, workSeconds: 0 }, (_, name) => ofPeriod(clientLimits[name]))
    this.#limits = { ...mapValues(clientLimits, (limit) => Math.ceil(limit * factor)), ...rates }
    this.#labLimits = mapValues(labLimits, (limit, what) => Math.ceil(limit * (raisedForAll.includes(what) ? Math.max(1, factor) : 1)))
    this.#rates = mapValues(rates, (most, name) => new Limiters(most, { period, mostCounted, parts: partsOf[name] }))
  }

  get limits(): ClientLimits {
    return this.#limits
  }

  /** How many all clients have open. */
  openOf(what: Held): number {
    return this.#totals[what]
  }

  /** Counts a request; throws TOO_MANY_REQUESTS where the client has sent too many, or was given too many bytes or too much work lately. */
  async admit(client: Client): Promise<void> {
    await this.#requireLeft(client, ['bytes', 'workSeconds'])
    await this.#consume(client, 'requests', 1)
  }

  /** Throws as {@link admit} does, before it is known whether what came is a request. */
  async requireLeft(client: Client): Promise<void> {
    await this.#requireLeft(client, ['bytes', 'workSeconds', 'requests'])
  }

  /** Counts messages that came; throws TOO_MANY_REQUESTS where they are too many. */
  async admitMessages(client: Client, count: number): Promise<void> {
    await this.#consume(client, 'messages', count)
  }

  /** Counts what a request has used. */
  async charge(client: Client, used: { readonly bytes?: number; readonly workSeconds?: number }): Promise<void> {
    if (used.bytes) await this.#rates.bytes.consume(client, used.bytes)
    if (used.workSeconds) await this.#rates.workSeconds.consume(client, used.workSeconds)
  }

  /**
   * Counts something as long as it is open; returns how to give it back. Throws TOO_MANY_REQUESTS where the client, its network, or all clients together
   * have too many. A client that has nothing may have one, however large that is.
   */
  hold(client: Client, what: Held, amount = 1): () => void {
    const counts = this.#held[what]
    const limit = this.#limits[what]
    const ofClient = `client ${client.key}`
    const ofNetwork = `network ${client.network}`
    const countOf = (name: string) => counts.get(name) ?? 0
    const free = this.#labLimits[what] - this.#totals[what]
    if (free < amount) throw this.#heldRefusal(what, 'lab', this.#labLimits[what])
    if (countOf(ofClient) > 0 && countOf(ofClient) + amount > limit) throw this.#heldRefusal(what, 'client', limit)
    const most = Math.min(limit * CLIENTS_OF_A_NETWORK, free)
    if (countOf(ofNetwork) > 0 && countOf(ofNetwork) + amount > most)
      throw this.#heldRefusal(what, 'network', Math.max(most, countOf(ofNetwork)))
    const names = [ofClient, ofNetwork]
    for (const name of names) counts.set(name, countOf(name) + amount)
    this.#totals[what] += amount
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#totals[what] -= amount
      for (const name of names) {
        const left = countOf(name) - amount
        if (left <= 0) counts.delete(name)
        else counts.set(name, left)
      }
    }
  }

  async #requireLeft(client: Client, names: readonly Rate[]): Promise<void> {
    for (const name of names) {
      const waiting = await this.#rates[name].exhausted(client)
      if (waiting !== null) throw this.#refusal(name, waiting)
    }
  }

  async #consume(client: Client, name: Rate, amount: number): Promise<void> {
    const waiting = await this.#rates[name].consume(client, amount)
    if (waiting !== null) throw this.#refusal(name, waiting)
  }

  #refusal(name: Rate, { seconds, of }: Exhausted): HourglassError {
    const most = of === 'client' ? this.#limits[name] : this.#limits[name] * BUSY_CLIENTS_OF_A_NETWORK
    const period = this.#period === MINUTE_SECONDS ? 'a minute' : `${this.#period} s`
    return tooMany(name, { what: `${limitNames[name]} in ${period}`, of, most, retryAfterSeconds: seconds })
  }

  #heldRefusal(name: Held, of: Whose, most: number): HourglassError {
    return tooMany(name, { what: limitNames[name], of, most, retryAfterSeconds: heldRetrySeconds[name] })
  }
}

/** Whose limit was reached. */
type Whose = 'client' | 'network' | 'lab'

const whoseWords: Readonly<Record<Whose, string>> = {
  client: 'one client',
  network: 'all clients at one address',
  lab: 'all clients together',
}

interface Exhausted {
  readonly of: 'client' | 'network'
  /** Until there is more. */
  readonly seconds: number
}

interface Refused {
  readonly what: string
  readonly of: Whose
  readonly most: number
  readonly retryAfterSeconds: number
}

function tooMany(limit: keyof ClientLimits, { what, of, most, retryAfterSeconds }: Refused): HourglassError {
  return new HourglassError(
    errorCodes.tooManyRequests,
    `Expected at most ${most.toLocaleString('en')} ${what} of ${whoseWords[of]}, got more. Try again in ${retryAfterSeconds} s.`,
    { limit, of, retryAfterSeconds },
  )
}

/** One rate, for each client and for each network. */
class Limiters {
  readonly #clients: PeriodCounts
  readonly #networks: PeriodCounts

  constructor(most: number, counting: PeriodCountsOptions) {
    this.#clients = new PeriodCounts(most, counting)
    this.#networks = new PeriodCounts(most * BUSY_CLIENTS_OF_A_NETWORK, counting)
  }

  /** Tells who has used too much, null where nobody has. */
  async consume({ key, network }: Client, amount: number): Promise<Exhausted | null> {
    return longer(await this.#clients.use(key, amount), await this.#networks.use(network, amount))
  }

  /** As `consume`, of nothing. */
  async exhausted({ key, network }: Client): Promise<Exhausted | null> {
    return longer(await this.#clients.untilMore(key), await this.#networks.untilMore(network))
  }
}

/** The longer of two waits, in milliseconds; a network's is told of where both are over at once. */
function longer(ofClient: number | null, ofNetwork: number | null): Exhausted | null {
  if (ofClient === null && ofNetwork === null) return null
  const of = (ofNetwork ?? -1) >= (ofClient ?? -1) ? 'network' : 'client'
  return { of, seconds: Math.max(1, Math.ceil(Math.max(ofClient ?? 0, ofNetwork ?? 0) / 1000)) }
}

function mapValues<Name extends string, Given, Made>(
  values: Readonly<Record<Name, Given>>,
  make: (value: Given, name: Name) => Made,
): Record<Name, Made> {
  return Object.fromEntries(Object.entries<Given>(values).map(([name, value]) => [name, make(value, name as Name)])) as Record<Name, Made>
}
