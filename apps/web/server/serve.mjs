/**
 * Serves the dashboard: Next's pages, and the API behind the same origin. `serve.mjs` serves what was built, `serve.mjs --dev` what is being
 * written. Listens before Next and the API are there, and says meanwhile that the lab is starting.
 */
import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BoundedRequest, Connections, foreignHost, refusalToListen } from '@hourglass/connections'
import { ApiProxy } from './ApiProxy.mjs'
import { ApiWatch } from './ApiWatch.mjs'
import { BuiltFiles } from './BuiltFiles.mjs'
import { endWith } from './endWith.mjs'
import { PageGate } from './PageGate.mjs'
import { PageTurns } from './PageTurns.mjs'
import { secure } from './securityHeaders.mjs'
import { answerProblem, answerStarting, isDocument, sendBusyPage, sendStartingPage, sendTooManyPage } from './starting.mjs'

/** What the process ends with, in the terms of sysexits.h: whoever supervises it starts it again after `crashed`, and not after `config`. */
const exitCodes = { crashed: 70, config: 78 }

/**
 * How long a client may take to send the head of a request, and how often that is looked at, in milliseconds. The API bounds how long the rest takes: an archive
 * on a slow line takes hours. What is sent to a page is not waited for.
 */
const timeouts = { headersTimeout: 20_000, requestTimeout: 0, connectionsCheckingInterval: 5_000 }

/** Tells whether this process answers, whatever the API does; `/health` is the API's. */
const OWN_HEALTH = '/health/dashboard'

/** How long the API may take to say whether the lab is well, in milliseconds. */
const LONGEST_HEALTH = 4_000

const dev = process.argv.includes('--dev')
const dir = fileURLToPath(new URL('..', import.meta.url))
const hostname = process.env.HOURGLASS_HOST || '127.0.0.1'
const port = Number(process.env.PORT || 3000)
const apiOrigin = process.env.HOURGLASS_API_URL || `http://127.0.0.1:${process.env.HOURGLASS_API_PORT || 4000}`

const refusal = refusalToListen(hostname, process.env.HOURGLASS_OPEN?.trim() === '1')
if (refusal) {
  console.error(refusal)
  process.exit(exitCodes.config)
}

// Next chooses its build by this when it is loaded.
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })
const { default: next } = await import('next')

/** Next listens here for the upgrades that are its own: those of hot reload. */
const nextUpgrades = new EventEmitter()
const app = next({
  dev,
  dir,
  hostname,
  port,
  httpServer: /** @type {import('node:http').Server} */ (nextUpgrades),
})
let isPrepared = false
const prepared = app.prepare().then(() => {
  isPrepared = true
  return app.getRequestHandler()
})
prepared.catch((error) => {
  console.error(error)
  process.exit(exitCodes.crashed)
})

const builtFiles = dev ? undefined : new BuiltFiles(join(dir, process.env.NEXT_DIST_DIR ?? '.next', 'static'))
const watch = new ApiWatch(apiOrigin)
const proxy = new ApiProxy({ origin: apiOrigin, watch })

/** Under which names pages are served: those of the API, which refuses WebSockets under others. */
const ownNames = {
  host: hostname,
  allowedHosts: (process.env.HOURGLASS_ALLOWED_HOSTS ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean),
}
const trustedProxies = (process.env.HOURGLASS_TRUSTED_PROXIES ?? '').split(/[\s,]+/).filter(Boolean)
const pageTurns = new PageTurns({}, trustedProxies)
// Files that were built are read from the disk, where they exist; a page loads some twenty.
const fileTurns = new PageTurns({ atOnce: 16, waiting: 2_000 }, trustedProxies)

const server = createServer({ IncomingMessage: BoundedRequest, ...timeouts }, (request, response) => {
  answer(request, response).catch((error) => {
    console.error(`${request.method} ${pathOf(request)} failed`, error)
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end('The dashboard failed to answer. Its log says why.')
  })
})

const limitFactor = Number(process.env.HOURGLASS_CLIENT_LIMITS) || 1
/** @param {Record<string, unknown>} line */
const log = (line) => console.log(JSON.stringify({ time: new Date().toISOString(), ...line }))
const gate = new PageGate({ factor: limitFactor, period: Number(process.env.HOURGLASS_CLIENT_PERIOD) || 60, trustedProxies, log })
// What gives one client more gives all of them more, as in the API.
const factor = Math.max(1, limitFactor)
const connections = new Connections(server, {
  limits: { open: Math.ceil(2_000 * factor) },
  trustedProxies,
  log: (line) => log({ msg: 'connections refused or ended', ...line }),
})

server.on('upgrade', (request, socket, head) => {
  if (!connections.upgrade(request, head)) return
  if (pathOf(request) === '/graphql') proxy.upgrade(request, socket, head)
  else if (dev) nextUpgrades.emit('upgrade', request, socket, head)
  else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy())
})

server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  console.error(`The dashboard cannot listen on port ${port} of ${hostname} (${error.code}). Set PORT or HOURGLASS_HOST to another one.`)
  process.exit(exitCodes.config)
})
server.listen(port, hostname, () => {
  server.removeAllListeners('error').on('error', (error) => console.error('A connection cannot be accepted.', error))
  log({ msg: 'dashboard listening', pid: process.pid, host: hostname, port })
})
endWith(server)

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  if (!(await connections.admit(request, response))) return
  const foreign = foreignHost(
    [request.headers.host ?? 'localhost'].map((name) => name.trim().toLowerCase()),
    ownNames,
  )
  if (foreign) return answerProblem(response, { status: 403, code: 'FORBIDDEN_HOST', message: foreign })
  const path = pathOf(request)
  if (path === OWN_HEALTH) return response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}')
  if (path === '/health' && !isPrepared) return answerStarting(request, response)
  if (path === '/health') sayWhereApiHangs(response)
  if (path === '/health' || path === '/graphql' || /^\/(archives|artifacts|tables)(\/|$)/.test(path))
    return proxy.forward(request, response)
  if (!dev && !['GET', 'HEAD'].includes(request.method ?? '')) return refuseMethod(request, response)
  const isFile = path.startsWith('/_next/static/')
  const tooMany = await gate.admit(request, response, isFile ? 'files' : 'pages')
  if (tooMany) return refuseTooMany(request, response, tooMany)
  if (isDocument(request) && !(isPrepared && (await watch.isThere()))) return sendStartingPage(response, watch.secondsAway())
  const handle = await prepared
  const outcome = await (isFile ? fileTurns : pageTurns).take(request, response)
  if (outcome === 'left') return
  if (outcome === 'busy') return answerBusy(request, response)
  secure(request, response, { dev })
  if (builtFiles?.send(request, response)) return
  await handle(request, response)
}

/**
 * Answers that the API hangs where it has answered nothing for a while: whoever watches the lab waits no longer.
 * @param {import('node:http').ServerResponse} response
 */
function sayWhereApiHangs(response) {
  const timer = setTimeout(() => {
    if (response.headersSent) return
    const message = `The API has not answered for ${LONGEST_HEALTH / 1000} s.`
    answerProblem(response, { status: 503, code: 'API_HANGS', message, more: { status: 'hanging', lab: { name: 'hourglass' } } })
  }, LONGEST_HEALTH)
  response.once('close', () => clearTimeout(timer))
}

/**
 * Pages are read and nothing else; what is sent to one is not read to its end.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function refuseMethod(request, response) {
  response.setHeader('Allow', 'GET, HEAD').setHeader('Connection', 'close')
  const message = `Expected GET or HEAD of a page, got ${request.method}. Operations are sent to /graphql.`
  answerProblem(response, { status: 405, code: 'METHOD_NOT_ALLOWED', message })
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answerBusy(request, response) {
  if (isDocument(request)) return sendBusyPage(response)
  const message = 'More pages are asked for than the lab can make just now. Try again in a moment.'
  answerProblem(response, { status: 503, code: 'LAB_BUSY', message })
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {import('./PageGate.mjs').Refusal} refusal
 */
function refuseTooMany(request, response, { message, details }) {
  if (isDocument(request)) sendTooManyPage(response, details.retryAfterSeconds)
  else answerProblem(response, { status: 429, code: 'TOO_MANY_REQUESTS', message, details })
}

/** @param {import('node:http').IncomingMessage} request */
function pathOf({ url = '/' }) {
  return url.split('?', 1)[0] ?? '/'
}
