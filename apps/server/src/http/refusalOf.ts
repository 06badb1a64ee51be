import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

export interface Refusal {
  readonly code: 'FORBIDDEN_HOST' | 'FORBIDDEN_ORIGIN'
  readonly message: string
}

const wildcards: readonly string[] = ['0.0.0.0', '::', '[::]']

/**
 * Tells why a request is not answered, undefined where it is. Two kinds of pages of other sites must not reach the lab: one whose site has
 * let its name resolve to this machine (DNS rebinding; it sends that name as host), and one that asks across sites (its Origin is not the
 * host that was asked, nor the one that the dashboard's proxy was asked; no page can set that header across sites). Scripts and tools
 * send no Origin.
 *
 * @param listensOn - Address that the server listens on; with a wildcard it cannot know its names, and answers to any.
 */
export function refusalOf({ headers }: IncomingMessage, listensOn: string): Refusal | undefined {
  const { origin, host } = headers
  const hosts = [host, ...[headers['x-forwarded-host'] ?? []].flat().flatMap((names) => names.split(','))]
    .filter((name) => name !== undefined)
    .map((name) => name.trim().toLowerCase())
  const foreign = wildcards.includes(listensOn) ? undefined : hosts.find((name) => !isOwnName(name, listensOn))
  if (foreign !== undefined) {
    const message = `Host: expected localhost, a loopback address or ${listensOn}, got ${foreign}. Set HOURGLASS_HOST to serve under other names.`
    return { code: 'FORBIDDEN_HOST', message }
  }
  if (origin === undefined || (URL.canParse(origin) && hosts.includes(new URL(origin).host))) return undefined
  return { code: 'FORBIDDEN_ORIGIN', message: `Origin: expected a page of this host, got one of ${origin}.` }
}

function isOwnName(host: string, listensOn: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.')) || name === listensOn.toLowerCase()
}
