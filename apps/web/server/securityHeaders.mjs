import { randomBytes } from 'node:crypto'

/** What every answer of the dashboard says: nobody guesses its types, or learns its addresses. */
const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
}

/** What pages say beside it: nobody frames them, or is given a device. Of a script it means nothing, and a page has many. */
const ofPages = {
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=()',
}

/**
 * Sets the headers that keep other sites and injected scripts out. A page's own scripts carry a nonce, which Next takes from the policy of the request; models
 * are computed in WebAssembly, and pictures are drawn from what was fetched.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ dev: boolean }} options
 */
export function secure(request, response, { dev }) {
  const isScript = request.url?.startsWith('/_next/static/') ?? false
  for (const [name, value] of Object.entries({ ...always, ...(isScript ? {} : ofPages) })) response.setHeader(name, value)
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''} data: blob:`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  request.headers['content-security-policy'] = policy
  request.headers['x-nonce'] = nonce
  response.setHeader('Content-Security-Policy', policy)
}
