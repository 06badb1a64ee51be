import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { Settings } from '../../Settings.js'

export interface Refusal {
  readonly code: 'FORBIDDEN_HOST' | 'FORBIDDEN_ORIGIN'
  readonly message: string
}

const wildcards: readonly string[] = ['0.0.0.0', '::', '[::]']
const ownName = hostname().toLowerCase()

/**
 * Tells why a request is not answered, undefined where it is. Two kinds of pages of other sites must not reach the lab: one whose site has
 * let its name resolve to this machine (DNS rebinding; it sends that name as host), and one that asks across sites (its Origin is not the
 * host that was asked, nor the one that the dashboard's proxy was asked; no page can set that header across sites). Scripts and tools
 * send no Origin.
 */
export function refusalOf({ headers }: IncomingMessage, settings: Pick<Settings, 'host' | 'allowedHosts'>): Refusal | undefined {
  const { origin, host } = headers
  const hosts = [host, ...[headers['x-forwarded-host'] ?? []].flat().flatMap((names) => names.split(','))]
    .filter((name) => name !== undefined)
    .map((name) => name.trim().toLowerCase())
  const foreign = hosts.find((name) => !isOwnName(name, settings))
  if (foreign !== undefined) {
    const message = `Host: expected localhost, the address of this machine or a name that HOURGLASS_ALLOWED_HOSTS lists, got ${foreign}. Add it there to serve under it.`
    return { code: 'FORBIDDEN_HOST', message }
  }
  if (origin === undefined || (URL.canParse(origin) && hosts.includes(new URL(origin).host))) return undefined
  return { code: 'FORBIDDEN_ORIGIN', message: `Origin: expected a page of this host, got one of ${origin}.` }
}

/**
 * Tells why a request that a browser says to come from a page of another site is not answered: not all of them have an Origin.
 *
 * @param mayLead Whether one is answered that somebody makes by following a link there.
 */
export function refusalOfSite({ headers, method }: IncomingMessage, mayLead: boolean): Refusal | undefined {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined
  const isLink = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  if (isLink && mayLead) return undefined
  return { code: 'FORBIDDEN_ORIGIN', message: `Sec-Fetch-Site: expected a page of this host, got one of another (${site}).` }
}

function isOwnName(host: string, { host: listensOn, allowedHosts }: Pick<Settings, 'host' | 'allowedHosts'>): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname: written } = new URL(`http://${host}`)
  const name = written.replace(/^\[|\]$/g, '')
  if (name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))) return true
  if (name === listensOn.toLowerCase() || allowedHosts.includes(written) || allowedHosts.includes('*')) return true
  // On all addresses it is asked by each of them, which no page can borrow as it can a name, and by the machine's own name.
  return wildcards.includes(listensOn) && (isIP(name) !== 0 || [ownName, `${ownName}.local`].includes(name))
}
