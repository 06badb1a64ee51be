import type { IncomingMessage } from 'node:http'

/** What a request says once or not at all. Node takes the first and drops others, whoever forwards it may take the last: what was checked would not be what is used. */
const single = new Set([
  'authorization',
  'content-length',
  'content-type',
  'host',
  'origin',
  'sec-fetch-site',
  'sec-websocket-key',
  'sec-websocket-version',
  'transfer-encoding',
  'x-forwarded-host',
])

/** Names a header that a request has twice though it may have it once, as it was written; undefined where it has none. */
export function repeatedHeader({ rawHeaders }: IncomingMessage): string | undefined {
  const seen = new Set<string>()
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place] ?? ''
    const known = name.toLowerCase()
    if (seen.has(known)) return name
    if (single.has(known)) seen.add(known)
  }
  return undefined
}
