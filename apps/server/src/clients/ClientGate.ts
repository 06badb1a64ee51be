import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Client } from './Client.js'
import { CLIENTS_AT_AN_ADDRESS, type ClientLimits, clientLimits, limitNames } from './clientLimits.js'

type Rate = 'requests' | 'bytes' | 'workSeconds'
type Held = 'sockets' | 'subscriptions' | 'transfers'

export interface ClientGateOptions {
  /** Multiplies all limits. @default 1 */
  readonly factor?: number
  /** Over how many seconds requests, bytes and work are counted; so much of a minute's limit is the limit of that time. @default 60 */
  readonly period?: number
}

const MINUTE_SECONDS = 60
/** How soon it is worth while to ask again for what is only held for a while. */
const HELD_RETRY_SECONDS = 10

/**
 * Counts what each client uses, over HTTP and sockets alike, and refuses with TOO_MANY_REQUESTS what goes beyond. All clients at one address together have
 * a limit too, so that leaving out or changing the cookie gains little.
 */
export class ClientGate {
  readonly #limits: ClientLimits
  readonly #period: number
  readonly #rates: Readonly<Record<Rate, Limiters>>
  readonly #held: Readonly<Record<Held, Map<string, number>>> = { sockets: new Map(), subscriptions: new Map(), transfers: new Map() }
  readonly #totals: Record<Held, number> = { sockets: 0, subscriptions: 0, transfers: 0 }

  constructor({ factor = 1, period = MINUTE_SECONDS }: ClientGateOptions = {}) {
    this.#period = period
    const ofPeriod = (limit: number) => Math.ceil((limit * factor * period) / MINUTE_SECONDS)
    const { requests, bytes, workSeconds } = mapValues({ requests: 0, bytes: 0, workSeconds: 0 }, (_, name) => ofPeriod(clientLimits[name]))
    this.#limits = { ...mapValues(clientLimits, (limit) => Math.ceil(limit * factor)), requests, bytes, workSeconds }
    this.#rates = mapValues({ requests, bytes, workSeconds }, (points) => new Limiters(points, period))
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
    for (const name of ['bytes', 'workSeconds'] as const) {
      const waiting = await this.#rates[name].exhausted(client)
      if (waiting !== null) throw this.#refusal(name, waiting)
    }
    const waiting = await this.#rates.requests.consume(client, 1)
    if (waiting !== null) throw this.#refusal('requests', waiting)
  }

  /** Counts what a request has used. */
  async charge(client: Client, used: { readonly bytes?: number; readonly workSeconds?: number }): Promise<void> {
    if (used.bytes) await this.#rates.bytes.consume(client, used.bytes)
    if (used.workSeconds) await this.#rates.workSeconds.consume(client, used.workSeconds)
  }

  /** Counts a socket or a subscription as long as it is open; returns how to give it back. Throws TOO_MANY_REQUESTS where the client has too many. */
  hold(client: Client, what: Held): () => void {
    const counts = this.#held[what]
    const limit = this.#limits[what]
    const keys = [
      [`client ${client.key}`, limit],
      [`address ${client.address}`, limit * CLIENTS_AT_AN_ADDRESS],
    ] as const
    if (keys.some(([key, most]) => (counts.get(key) ?? 0) >= most)) throw this.#refusal(what, HELD_RETRY_SECONDS)
    for (const [key] of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
    this.#totals[what]++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#totals[what]--
      for (const [key] of keys) {
        const left = (counts.get(key) ?? 1) - 1
        if (left === 0) counts.delete(key)
        else counts.set(key, left)
      }
    }
  }

  #refusal(name: keyof ClientLimits, retryAfterSeconds: number): HourglassError {
    const period = this.#period === MINUTE_SECONDS ? 'a minute' : `${this.#period} s`
    const what = name in this.#rates ? `${limitNames[name]} in ${period}` : limitNames[name]
    return new HourglassError(
      errorCodes.tooManyRequests,
      `Expected at most ${this.#limits[name].toLocaleString('en')} ${what} of one client, got more. Try again in ${retryAfterSeconds} s.`,
      { limit: name, retryAfterSeconds },
    )
  }
}

/** One rate, for each client and for each address. */
class Limiters {
  readonly #client: RateLimiterMemory
  readonly #address: RateLimiterMemory

  constructor(points: number, duration: number) {
    this.#client = new RateLimiterMemory({ keyPrefix: 'client', points, duration })
    this.#address = new RateLimiterMemory({ keyPrefix: 'address', points: points * CLIENTS_AT_AN_ADDRESS, duration })
  }

  /** Returns the seconds until there is more, where there is too little; null otherwise. */
  async consume(client: Client, points: number): Promise<number | null> {
    const taken = await Promise.allSettled([this.#client.consume(client.key, points), this.#address.consume(client.address, points)])
    const refused = taken.flatMap((each) => {
      if (each.status === 'fulfilled') return []
      if (each.reason instanceof RateLimiterRes) return [each.reason.msBeforeNext]
      throw each.reason
    })
    return refused.length === 0 ? null : seconds(Math.max(...refused))
  }

  /** As `consume`, of nothing. */
  async exhausted(client: Client): Promise<number | null> {
    const states = await Promise.all([this.#client.get(client.key), this.#address.get(client.address)])
    const spent = states.flatMap((state) => (state && state.remainingPoints <= 0 ? [state.msBeforeNext] : []))
    return spent.length === 0 ? null : seconds(Math.max(...spent))
  }
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000))
}

function mapValues<Name extends string, Given, Made>(
  values: Readonly<Record<Name, Given>>,
  make: (value: Given, name: Name) => Made,
): Record<Name, Made> {
  return Object.fromEntries(Object.entries<Given>(values).map(([name, value]) => [name, make(value, name as Name)])) as Record<Name, Made>
}
