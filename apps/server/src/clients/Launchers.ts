import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Client } from './Client.js'

/** Characters of each half of a launcher's name: 72 bits. */
export const NETWORK_LENGTH = 12

/** A client in a line of the log. */
export interface ClientInLog {
  readonly address: string
  readonly client: string
}

/**
 * Names those who launch runs, as the store keeps it: the same for the same client over restarts, and no address can be read or guessed from it, as it is
 * hashed with a secret of this lab. It begins alike for all clients of one network.
 */
export class Launchers {
  readonly #secret: Buffer
  readonly #described = new WeakMap<Client, ClientInLog>()

  constructor(secret: Buffer) {
    this.#secret = secret
  }

  /** Reads the lab's secret, or makes it at the first start. */
  static open(path: string): Launchers {
    try {
      writeFileSync(path, randomBytes(32), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    return new Launchers(readFileSync(path))
  }

  nameOf({ network, key }: Pick<Client, 'network' | 'key'>): string {
    return `${this.#hash(network)}${this.#hash(key)}`
  }

  /** What lines of the log say of a client: its address, and the name under which the store has the runs that it launched. */
  describe(client: Client): ClientInLog {
    const known = this.#described.get(client) ?? { address: client.address, client: this.nameOf(client) }
    this.#described.set(client, known)
    return known
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url').slice(0, NETWORK_LENGTH)
  }
}

/** What the names of all launchers of one network begin with. */
export function networkOf(launcher: string): string {
  return launcher.slice(0, NETWORK_LENGTH)
}
