import type { IncomingMessage } from 'node:http'
import { isIPv6, type Socket, SocketAddress } from 'node:net'
import proxyaddr from 'proxy-addr'

/** Tells who asks by address: the sender's own, or the one that a proxy forwards whose word is taken. Of IPv6 it is the network. */
export class Addresses {
  /** Tells of an address whether what it forwards is believed. */
  readonly #isTrusted: (address: string, index: number) => boolean

  /** @param trustedProxies Addresses or networks of proxies on other machines. */
  constructor(trustedProxies: readonly string[]) {
    this.#isTrusted = proxyaddr.compile(['loopback', ...trustedProxies])
  }

  of(request: IncomingMessage): string {
    return networkOf(proxyaddr(request, this.#isTrusted))
  }

  /** Whose connection it is; undefined where that is a proxy, which opens connections for many. */
  ofSocket({ remoteAddress = '' }: Socket): string | undefined {
    return this.#isTrusted(remoteAddress, 0) ? undefined : networkOf(remoteAddress)
  }
}

/** Names the network of an address: of IPv6 its first 64 bits, within which everybody has as many addresses as wanted. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  const [head = '', tail = ''] = new SocketAddress({ address, family: 'ipv6' }).address.split('::', 2)
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
