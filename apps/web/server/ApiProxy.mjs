import { Agent, ServerResponse } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import compression from 'compression'
import { createProxyServer } from 'httpxy'
import { answerProblem, answerStarting } from './starting.mjs'

/** How long a file is waited for while the API starts, in milliseconds. */
const PATIENCE = 30_000
/** How long a request may take in which nothing moves, in milliseconds. */
const LONGEST_SILENCE = 120_000
/** How long the API may take to grant or refuse a WebSocket, in milliseconds. */
const LONGEST_UPGRADE = 15_000
/** How long a socket whose other side ended may take to end, in milliseconds. */
const LINGER = 5_000
/** Errors of a connection that was never made: the request reached nobody. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])

const ignore = () => undefined
/** Models and codes are random digits for the most part: they hardly shrink, and a reader would wait for the attempt. */
const compress = compression({
  filter: (request, response) => response.getHeader('Content-Type') !== 'application/octet-stream' && compression.filter(request, response),
})

/**
 * Hands requests and WebSockets to the API, so that the browser sees one origin. Says under which name, and by whom it was asked. Where the API
 * cannot be reached it answers 503 LAB_STARTING; where the API ended in between, 502 NO_ANSWER.
 */
export class ApiProxy {
  #proxy
  #watch
  /** Sockets that speak WebSocket already, on which an answer in HTTP would be noise. */
  #upgraded = new WeakSet()

  /** @param {{ origin: string, watch: import('./ApiWatch.mjs').ApiWatch }} options */
  constructor({ origin, watch }) {
    const target = new URL(origin)
    const agent = new (target.protocol === 'https:' ? SecureAgent : Agent)({ keepAlive: true, maxFreeSockets: 64 })
    this.#watch = watch
    this.#proxy = createProxyServer({ target, agent, changeOrigin: true, proxyTimeout: LONGEST_SILENCE, upgradeTimeout: LONGEST_UPGRADE })
    this.#proxy.on('error', (error, request, answer) => this.#fail(error, request, answer))
    this.#proxy.on('proxyReqWs', (outgoing, _, socket) => this.#joinEnds(outgoing, socket))
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {ServerResponse} response
   */
  async forward(request, response) {
    // A figure or a model that is fetched just now arrives a moment later instead of failing.
    if (request.url?.startsWith('/artifacts/')) await this.#watch.untilThere(PATIENCE, () => response.destroyed)
    if (response.destroyed) return
    // As Next does it for its own pages; the API answers as if everybody were near.
    compress(/** @type {import('express').Request} */ (request), /** @type {import('express').Response} */ (response), ignore)
    this.#proxy.web(request, response, { headers: forwardedBy(request) }).catch(ignore)
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:stream').Duplex} socket
   * @param {Buffer} head
   */
  upgrade(request, socket, head) {
    this.#proxy
      .ws(request, /** @type {import('node:net').Socket} */ (socket), { agent: false, headers: forwardedBy(request) }, head)
      .catch(ignore)
  }

  /**
   * Ends each side of a WebSocket when the other one has ended, however that came.
   * @param {import('node:http').ClientRequest} outgoing
   * @param {import('node:net').Socket} socket
   */
  #joinEnds(outgoing, socket) {
    socket.once('close', () => outgoing.destroy())
    outgoing.once('upgrade', (_, upstream) => {
      this.#upgraded.add(socket)
      upstream.on('error', ignore)
      socket.once('close', () => upstream.destroy())
      upstream.once('close', () => linger(socket))
    })
  }

  /**
   * @param {NodeJS.ErrnoException} error
   * @param {import('node:http').IncomingMessage | undefined} request
   * @param {unknown} answer
   */
  #fail(error, request, answer) {
    const isUnreached = unreached.has(error.code ?? '')
    if (isUnreached) this.#watch.reportAway()
    if (answer instanceof ServerResponse) {
      if (answer.headersSent || answer.destroyed) answer.destroy()
      else if (isUnreached && request) answerStarting(request, answer)
      else {
        const message = 'The lab ended before it answered. Whether it did what was asked shows when it is back.'
        answerProblem(answer, { status: 502, code: 'NO_ANSWER', message })
      }
      return
    }
    const socket = /** @type {import('node:net').Socket | undefined} */ (answer)
    if (!socket || socket.destroyed) return
    if (!this.#upgraded.has(socket)) {
      const isLate = error.code === 'ERR_UPSTREAM_UPGRADE_TIMEOUT'
      const status = isUnreached ? '503 Service Unavailable' : isLate ? '504 Gateway Timeout' : '502 Bad Gateway'
      socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n`)
    }
    linger(socket)
  }
}

/**
 * Ends a socket, and destroys it where the other side leaves that open.
 * @param {import('node:net').Socket} socket
 */
function linger(socket) {
  socket.end()
  setTimeout(() => socket.destroy(), LINGER).unref()
}

/**
 * What tells the API who asks, and under which name: browsers cannot set these across sites, and an address that a proxy before this one
 * named stays in front of the one that is seen here.
 * @param {import('node:http').IncomingMessage} request
 */
function forwardedBy({ headers, socket }) {
  const addresses = [headers['x-forwarded-for'] ?? []].flat()
  return {
    'x-forwarded-host': headers.host ?? '',
    'x-forwarded-for': [...addresses, socket.remoteAddress ?? ''].filter(Boolean).join(', '),
  }
}
