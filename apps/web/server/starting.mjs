import { createHash } from 'node:crypto'

/** Code of whatever is answered before the lab is there; the API answers the same while it recovers what its last end interrupted. */
export const LAB_STARTING = 'LAB_STARTING'

/** After this many seconds the page says where to look. */
const LONG = 30

const style = `
:root { color-scheme: light dark; --text: #1a1d21; --muted: #5f6670; --accent: #0b756a; --back: #fff }
@media (prefers-color-scheme: dark) { :root { --text: #e3e6ea; --muted: #9aa2ac; --accent: #43b8ab; --back: #131519 } }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; text-align: center; padding: 0 20px;
  font: 14px/1.5 "Inter Variable", Inter, system-ui, sans-serif; color: var(--text); background: var(--back) }
svg { width: 40px; height: 40px } h1 { margin: 12px 0 4px; font-size: 16px; font-weight: 600 } p { margin: 0; max-width: 44ch; color: var(--muted) }
path.sand { fill: var(--accent) }`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Tells a request for a page from one for something on it. @param {import('node:http').IncomingMessage} request */
export function isDocument({ method, headers }) {
  const { accept = '', rsc, 'sec-fetch-dest': destination = 'document' } = headers
  return method === 'GET' && rsc === undefined && destination === 'document' && accept.includes('text/html')
}

/**
 * Answers with a page that says that the lab is starting and asks for the same address every second, until that is the lab.
 * @param {import('node:http').ServerResponse} response
 * @param {number} secondsAway
 */
export function sendStartingPage(response, secondsAway) {
  const long = `It has not answered for ${secondsAway} seconds. The file server.log in the data folder tells what it does.`
  const text = secondsAway < LONG ? 'This page opens it as soon as it answers.' : long
  sendWaitingPage(response, { title: 'Hourglass is starting', heading: 'The lab is starting', text })
}

/**
 * Answers with a page that says that too many pages are asked for, and asks for the same address every second.
 * @param {import('node:http').ServerResponse} response
 */
export function sendBusyPage(response) {
  const text = 'More pages are asked for than it can make just now. This page opens as soon as its turn comes.'
  sendWaitingPage(response, { title: 'Hourglass is busy', heading: 'The lab is busy', text })
}

/**
 * Answers with a page that says that its client has asked for too many, and asks for the same address once it may ask again.
 * @param {import('node:http').ServerResponse} response
 * @param {number} seconds Until then.
 */
export function sendTooManyPage(response, seconds) {
  const text = `More pages were asked for from this browser, or this address, than one may. This page opens in ${seconds} s.`
  sendWaitingPage(response, { title: 'Hourglass: too many pages', heading: 'Too many pages', text, status: 429, seconds })
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {{ title: string, heading: string, text: string, status?: number, seconds?: number }} words `seconds` after which it asks again.
 */
function sendWaitingPage(response, { title, heading, text, status = 503, seconds = 1 }) {
  response
    .writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      'Retry-After': String(seconds),
    })
    .end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="${seconds}"><title>${title}</title><style>${style}</style></head><body><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 2.5h14L11.2 10 17 17.5H3L8.8 10Z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/><path class="sand" d="M6.6 5h6.8L10 9.4Z"/><path class="sand" d="M10 12.2 13.2 16H6.8Z" opacity=".55"/></svg><main role="status"><h1>${heading}</h1><p>${text}</p></main></body></html>`,
    )
}

/**
 * Answers that the lab is starting, as the API words its errors. To whom asks from this machine whether the lab is well, it says which lab that is.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function answerStarting({ url = '', headers, socket }, response) {
  const isHealth = url.split('?', 1)[0] === '/health'
  const isLocal = headers['x-forwarded-for'] === undefined && /^(::1|(::ffff:)?127\.[\d.]+)$/i.test(socket.remoteAddress ?? '')
  const local = isLocal ? { dataFolder: process.env.HOURGLASS_DATA, pid: process.connected ? process.ppid : process.pid } : {}
  answerProblem(response, {
    status: 503,
    code: LAB_STARTING,
    message: 'The lab is starting; nothing was changed. Try again in a moment.',
    ...(isHealth ? { more: { status: 'starting', lab: { name: 'hourglass', ...local } } } : {}),
  })
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {{ status: number, code: string, message: string, more?: Record<string, unknown>, details?: Record<string, unknown> }} problem `details` travel beside the code.
 */
export function answerProblem(response, { status, code, message, more, details }) {
  const body = Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code, ...details } }], ...more }))
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
      ...(status >= 500 || details?.retryAfterSeconds ? { 'Retry-After': String(details?.retryAfterSeconds ?? 1) } : {}),
    })
    .end(body)
}
