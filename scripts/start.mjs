/** Brings everything up to date, then serves the lab: the API and the dashboard, each in a process of its own. */
import './requireNode.mjs'

const { accessSync, constants, createWriteStream, existsSync, mkdirSync } = await import('node:fs')
const { spawn } = await import('node:child_process')
const { createServer } = await import('node:net')
const { dirname, join, resolve } = await import('node:path')
const { prepare, root } = await import('./steps.mjs')

const children = new Set()
let stopping = false

const settings = {
  host: process.env.HOURGLASS_HOST || '127.0.0.1',
  port: portFrom('PORT', 3000),
  apiPort: portFrom('HOURGLASS_API_PORT', 4000),
  data: resolve(root, process.env.HOURGLASS_DATA || 'data'),
}
/** Where this process reaches the others: a wildcard address is not one to connect to. */
const reachable = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[settings.host] ?? settings.host

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0))
// Asked to end, npm ends the shell that it ran this in, and nothing tells this process.
if (process.env.npm_lifecycle_event === 'start') {
  const shell = process.ppid
  setInterval(() => !stopping && process.ppid !== shell && stop(0), 500).unref()
}

if (settings.port === settings.apiPort) fail(`PORT and HOURGLASS_API_PORT are both ${settings.port}. Set one of them to another port.`)
await checkPort('PORT', settings.port)
await checkPort('HOURGLASS_API_PORT', settings.apiPort)
checkData()
try {
  await prepare()
} catch (error) {
  fail(`Hourglass could not be prepared.\n${error.message}`)
}
if (!stopping) await serve()

async function serve() {
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(settings.port),
    HOURGLASS_API_PORT: String(settings.apiPort),
    HOURGLASS_DATA: settings.data,
  }
  const log = createWriteStream(join(settings.data, 'server.log'), { flags: 'a' })
  // Runs matter more than the log of them: on a full disk the lab goes on without one.
  log.on('error', (error) => process.stderr.write(`The log ${log.path} cannot be written (${error.code}); going on without it.\n`))
  const next = ['node_modules/next/dist/bin/next', 'start', 'apps/web', '-p', String(settings.port), '-H', settings.host]
  await Promise.all([
    launch('API', { args: ['apps/server/dist/main.js'], url: `http://${reachable}:${settings.apiPort}/health`, env, log }),
    launch('dashboard', { args: next, url: `http://${reachable}:${settings.port}/`, env, log }),
  ])
  const shown = ['127.0.0.1', '0.0.0.0', '::'].includes(settings.host) ? 'localhost' : settings.host
  process.stdout.write(
    `\nHourglass is ready: http://${shown}:${settings.port}\nData in ${settings.data}, log in server.log there. Ctrl+C stops it; runs go on at the next start.\n`,
  )
}

/** Starts a process and resolves when its address answers; ends everything where the process ends by itself. */
async function launch(name, { args, url, env, log }) {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  let complaint = ''
  child.stdout.pipe(log, { end: false })
  child.stderr.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-4000)
    log.write(chunk)
  })
  child.on('exit', (code, signal) => {
    children.delete(child)
    const cause = `The ${name} ended unexpectedly (${signal ?? `exit code ${code}`}). Its log is ${join(settings.data, 'server.log')}`
    if (!stopping) fail(complaint.trim() || cause)
  })
  while (!(await answers(url))) await new Promise((later) => setTimeout(later, 50))
}

function answers(url) {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}

function portFrom(variable, fallback) {
  const text = process.env[variable] || String(fallback)
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port
  fail(`${variable} must be a port number from 1 to 65535, got "${text}".`)
}

function checkPort(variable, port) {
  return new Promise((free) => {
    const probe = createServer()
    probe.once('error', (error) => {
      if (!['EADDRINUSE', 'EACCES'].includes(error.code)) {
        fail(
          `The address ${settings.host} cannot be listened on (${error.code}). Set HOURGLASS_HOST to one of this machine, such as 127.0.0.1.`,
        )
      }
      const reason = error.code === 'EADDRINUSE' ? `Port ${port} is in use` : `Port ${port} may not be opened`
      const example = port < 65_000 ? port + 10 : port - 10
      fail(`${reason}. Set ${variable} to a free one, for example: ${variable}=${example} npm start`)
    })
    probe.listen(port, settings.host, () => probe.close(free))
  })
}

function checkData() {
  try {
    makeFolder(settings.data)
    accessSync(settings.data, constants.W_OK)
  } catch (error) {
    fail(`The data folder ${settings.data} cannot be written (${error.code}). Set HOURGLASS_DATA to a folder that can.`)
  }
}

/** Makes a folder and what is missing above it. Node's own recursive way never ends where a parent refuses children with ENOENT, as /proc does. */
function makeFolder(path) {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  return stop(1)
}

/** Asks the processes to end, waits for them, and ends with the given exit code; a second call ends them at once. */
function stop(code) {
  if (stopping || children.size === 0) {
    for (const child of children) child.kill('SIGKILL')
    process.exit(code)
  }
  stopping = true
  for (const child of children) child.kill('SIGTERM')
  setInterval(() => children.size === 0 && process.exit(code), 50)
  setTimeout(() => stop(code), 15_000).unref()
}
