import { isIP } from 'node:net'
import { hostname } from 'node:os'

/** Under which names a server may be asked. */
export interface OwnNames {
  /** Where it listens. */
  readonly host: string
  /** Further names; `*` allows any. */
  readonly allowedHosts: readonly string[]
}

const wildcards: readonly string[] = ['0.0.0.0', '::', '[::]']
const ownName = hostname().toLowerCase()

/** Tells why a server is not asked under names that a request gives it, undefined where it may be: a page whose name was bound to this machine (DNS rebinding) gives its own. */
export function foreignHost(hosts: readonly string[], own: OwnNames): string | undefined {
  const foreign = hosts.find((name) => !isOwnName(name, own))
  return foreign === undefined
    ? undefined
    : `Host: expected localhost, the address of this machine or a name that HOURGLASS_ALLOWED_HOSTS lists, got ${foreign}. Add it there to serve under it.`
}

function isOwnName(host: string, { host: listensOn, allowedHosts }: OwnNames): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname: written } = new URL(`http://${host}`)
  const name = written.replace(/^\[|\]$/g, '')
  if (name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))) return true
  if (name === listensOn.toLowerCase() || allowedHosts.includes(written) || allowedHosts.includes('*')) return true
  // On all addresses it is asked by each of them, which no page can borrow as it can a name, and by the machine's own name.
  return wildcards.includes(listensOn) && (isIP(name) !== 0 || [ownName, `${ownName}.local`].includes(name))
}
