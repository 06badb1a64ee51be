import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP, SocketAddress } from 'node:net'
import { BROWSER_COOKIE, browserOf, networkOf } from '@hourglass/connections'
import { stringifySetCookie } from 'cookie'
import proxyaddr from 'proxy-addr'
import type { Settings } from '../Settings.js'
import type { Client } from './Client.js'

const YEAR_SECONDS = 365 * 24 * 3600

/**
 * Returns how to tell who sent a request: the address is the sender's own, or where that is the dashboard on this machine or a proxy that the settings
 * name, the one that it forwards. What is forwarded and is no address tells nobody apart: then the proxy stands for all whom it serves so.
 */
export function identifyClients({ trustedProxies }: Pick<Settings, 'trustedProxies'>): (request: IncomingMessage) => Client {
  const isTrusted = proxyaddr.compile(['loopback', ...trustedProxies])
  return (request) => {
    const address = plain(proxyaddr.all(request, isTrusted).findLast((hop) => isIP(hop) !== 0) ?? 'unknown')
    const browser = browserOf(request)
    return { address, network: networkOf(address), browser, key: browser === null ? address : `${address} ${browser}` }
  }
}

/** Writes an address as all that name the same are written. */
function plain(address: string): string {
  if (isIP(address) !== 6) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  return mapped?.[1] ?? new SocketAddress({ address, family: 'ipv6' }).address
}

/** A cookie that tells a browser from others at its address, to be set where a request has none. It says nothing about a person. */
export function newBrowserCookie(): string {
  return stringifySetCookie(BROWSER_COOKIE, randomBytes(16).toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    maxAge: YEAR_SECONDS,
  })
}
