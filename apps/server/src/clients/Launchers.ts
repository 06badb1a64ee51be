import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Client } from './Client.js'

/** Characters of each half of a launcher's name: 72 bits. */
const LENGTH = 12

/**
 * Names those who launch runs, as the store keeps it: the same for the same client over restarts, and no address can be read or guessed from it, as it is
 * hashed with a secret of this lab. It begins alike for all clients at one address.
 */
export class Launchers {
  readonly #secret: Buffer

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

  nameOf({ address, key }: Client): string {
    return `${this.#hash(address)}${this.#hash(key)}`
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url').slice(0, LENGTH)
  }
}

/** What the names of all launchers at one address begin with. */
export function addressOf(launcher: string): string {
  return launcher.slice(0, LENGTH)
}
