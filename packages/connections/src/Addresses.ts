import { isIPv6, SocketAddress } from 'node:net'
import proxyaddr from 'proxy-addr'

/**
 * Tells who asks by address: the sender's own, or the one that a proxy forwards whose word is taken. Of IPv6 it is the first 64 bits, within which everybody
 * has as many addresses as wanted; the API counts alike.
 */
export class Addresses {
  /** Tells of an address whether what it forwards is believed. @type {(address: string, index: number) => boolean} */
  #isTrusted

  /** @param {readonly string[]} trustedProxies addresses or networks of proxies on other machines */
  constructor(trustedProxies) {
    this.#isTrusted = proxyaddr.compile(['loopback', ...trustedProxies])
  }

  /** @param {import('node:http').IncomingMessage} request */
  of(request) {
    return networkOf(proxyaddr(request, this.#isTrusted))
  }

  /**
   * Whose connection it is; undefined where that is a proxy, which opens connections for many.
   * @param {import('node:net').Socket} socket
   */
  ofSocket({ remoteAddress = '' }) {
    return this.#isTrusted(remoteAddress, 0) ? undefined : networkOf(remoteAddress)
  }
}

/** @param {string} address */
function networkOf(address) {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  const [head = '', tail = ''] = new SocketAddress({ address, family: 'ipv6' }).address.split('::', 2)
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
