import type { IncomingMessage } from 'node:http'

/** Cookie that tells a browser from others at its address. */
export const BROWSER_COOKIE = 'hourglass-browser'
const cookie = new RegExp(`(?:^|;)\\s*${BROWSER_COOKIE}=([A-Za-z0-9_-]{22})\\s*(?:;|$)`)

/** Names the browser that a request says to come from; null where it says none. */
export function browserOf({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  return cookie.exec(headers.cookie ?? '')?.[1] ?? null
}
