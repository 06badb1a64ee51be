import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import proxyaddr from 'proxy-addr'
import type { Settings } from '../Settings.js'
import type { Client } from './Client.js'

const COOKIE = 'hourglass-browser'
const browserId = /^[A-Za-z0-9_-]{22}$/
const YEAR_SECONDS = 365 * 24 * 3600

/**
 * Returns how to tell who sent a request: the address is the sender's own, or where that is the dashboard on this machine or a proxy that the settings
 * name, the one that it forwards.
 */
export function identifyClients({ trustedProxies }: Pick<Settings, 'trustedProxies'>): (request: IncomingMessage) => Client {
  const isTrusted = proxyaddr.compile(['loopback', ...trustedProxies])
  return (request) => {
    const address = proxyaddr(request, isTrusted)
    const given = parseCookie(request.headers.cookie ?? '')[COOKIE]
    const browser = given !== undefined && browserId.test(given) ? given : null
    return { address, browser, key: browser === null ? address : `${address} ${browser}` }
  }
}

/** A cookie that tells a browser from others at its address, to be set where a request has none. It says nothing about a person. */
export function newBrowserCookie(): string {
  return stringifySetCookie(COOKIE, randomBytes(16).toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    maxAge: YEAR_SECONDS,
  })
}
