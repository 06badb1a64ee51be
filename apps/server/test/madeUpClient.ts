import type { Client } from '../src/clients/Client.js'

/** A client at an address, of which a browser may be known. */
export const madeUpClient = (address: string, browser: string | null = null, network = address): Client => ({
  address,
  network,
  browser,
  key: browser ? `${address} ${browser}` : address,
})
