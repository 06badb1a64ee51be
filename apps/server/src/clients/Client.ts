/** Who asks, as far as that is known without accounts: a browser at an address. */
export interface Client {
  readonly address: string
  /** What all clients of one network share: the address, of IPv6 the first 64 bits, as whoever has one address there has all. */
  readonly network: string
  /** From the browser's cookie; null for a program, or for a browser's first request. */
  readonly browser: string | null
  /** Names it: what one client may have is counted by this. */
  readonly key: string
}
