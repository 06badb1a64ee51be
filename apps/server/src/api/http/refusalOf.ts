import type { IncomingMessage } from 'node:http'
import { foreignHost } from '@hourglass/connections'
import type { Settings } from '../../Settings.js'

export interface Refusal {
  readonly code: 'FORBIDDEN_HOST' | 'FORBIDDEN_ORIGIN'
  readonly message: string
}

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
  const message = foreignHost(hosts, settings)
  if (message !== undefined) return { code: 'FORBIDDEN_HOST', message }
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
