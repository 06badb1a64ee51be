/** Brings everything up to date, then serves the lab: the API and the dashboard, each in a process of its own, which is started again where it ends. */
import './requireNode.mjs'

const { accessSync, constants, existsSync, mkdirSync } = await import('node:fs')
const { createServer } = await import('node:net')
const { dirname, join, resolve } = await import('node:path')
const { prepare, root } = await import('./steps.mjs')
const { EXIT_CONFIG, Supervisor } = await import('./Supervisor.mjs')
const { describeReach } = await import('./describeReach.mjs')
const { describeFound, findLab } = await import('./findLab.mjs')
const { watchNpm } = await import('./watchNpm.mjs')

/** How often the API and the dashboard are looked at, in seconds. */
const LOOK_SECONDS = 5
/** How long a lab that is stopping is waited for, in milliseconds. */
const LONGEST_STOP = 20_000
const PAUSE = 50

/** @type {InstanceType<typeof Supervisor>[]} */
const supervisors = []
/** @type {{ path: string, write(text: string): void, close(): Promise<void> } | undefined} */
let log
let isStopping = false
let isReady = false

const settings = {
  host: process.env.HOURGLASS_HOST || '127.0.0.1',
  port: portFrom('PORT', 3000),
  apiPort: portFrom('HOURGLASS_API_PORT', 4000),
  data: resolve(root, process.env.HOURGLASS_DATA || 'data'),
  silence: secondsFrom('HOURGLASS_API_SILENCE', 60),
  retry: secondsFrom('HOURGLASS_DASHBOARD_RETRY', 600),
}
/** Where this process reaches the others: a wildcard address is not one to connect to. */
const reachable =
  { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[settings.host] ?? (settings.host.includes(':') ? `[${settings.host}]` : settings.host)
const shown = ['127.0.0.1', '0.0.0.0', '::'].includes(settings.host) ? 'localhost' : reachable

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0))
// What ends unforeseen leaves nothing behind that runs.
process.on('exit', () => {
  for (const supervisor of supervisors) supervisor.kill()
})
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
if (process.env.npm_lifecycle_event === 'start') watchNpm(() => isStopping || stop(0))

const [argument] = process.argv.slice(2)
if (argument !== undefined) {
  fail(`Expected no arguments, got ${argument}. Settings are environment variables, which README.md lists: PORT=3001 npm start`)
}
if (settings.port === settings.apiPort) fail(`PORT and HOURGLASS_API_PORT are both ${settings.port}. Set one of them to another port.`)
await checkPort('PORT', settings.port)
await checkPort('HOURGLASS_API_PORT', settings.apiPort)
checkData()
try {
  await prepare()
} catch (error) {
  fail(`Hourglass could not be prepared.\n${error.message}`, 1)
}
if (!isStopping) await serve()

async function serve() {
  const { openServerLog } = await import('./serverLog.mjs')
  log = openServerLog(join(settings.data, 'server.log'))
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(settings.port),
    HOURGLASS_API_PORT: String(settings.apiPort),
    HOURGLASS_API_URL: process.env.HOURGLASS_API_URL || `http://${reachable}:${settings.apiPort}`,
    HOURGLASS_DATA: settings.data,
  }
  const looks = Math.max(2, Math.ceil(settings.silence / LOOK_SECONDS))
  const watch = (url) => ({ url, looks, look: LOOK_SECONDS * 1000 })
  keepRunning('API', 'apps/server/bundle/main.js', { env, watch: watch(`http://${reachable}:${settings.apiPort}/health`) })
  // Its health alone: what it hands to an API that hangs is not answered either.
  keepRunning('dashboard', 'apps/web/server/serve.mjs', {
    env,
    watch: watch(`http://${reachable}:${settings.port}/health/dashboard`),
    // At a start, whoever started it reads what is in its way.
    isSpared: (code) => isReady || code !== EXIT_CONFIG,
  })
  const problems = await untilThere(`http://${reachable}:${settings.port}/health`)
  isReady = true
  process.stdout.write(
    `\nHourglass is ready: http://${shown}:${settings.port}\nData in ${settings.data}, log in server.log there. Ctrl+C stops it; runs go on at the next start.\n`,
  )
  const warning = describeReach(settings)
  if (warning) process.stderr.write(`${warning}\n`)
  for (const { message } of problems) process.stderr.write(`${message}\n`)
}

/**
 * Starts a process and whatever follows it. One that is given up takes the lab with it, except where the lab does without: runs go on without a dashboard.
 */
function keepRunning(name, script, { env, watch, isSpared = () => false }) {
  const say = (sentence) => {
    log.write(`${JSON.stringify({ time: new Date().toISOString(), msg: sentence })}\n`)
    process.stderr.write(`${sentence}\n`)
  }
  const onGiveUp = ({ sentence, code }) => {
    if (isStopping) return false
    say(sentence)
    if (!isSpared(code)) {
      stop(code)
      return false
    }
    say(`The API and its runs go on without the ${name}, which is tried again every ${describeSeconds(settings.retry)}.`)
    return true
  }
  const policy = { slowDelay: settings.retry * 1000 }
  const supervisor = new Supervisor({ name, args: [script], cwd: root, env, watch, log, onRestart: say, onGiveUp, policy })
  supervisors.push(supervisor)
  supervisor.start()
}

function describeSeconds(seconds) {
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} s`
}

/** Resolves when the lab answers anything but that it is starting, with what it says is wrong. */
async function untilThere(url) {
  for (;;) {
    const answer = await fetch(url, { headers: { connection: 'close' } })
      .then((response) => response.json())
      .catch(() => undefined)
    if (answer?.status === 'ok' || answer?.status === 'failing') return answer.problems ?? []
    await pause()
  }
}

function pause() {
  return new Promise((later) => setTimeout(later, PAUSE))
}

function portFrom(variable, fallback) {
  const text = process.env[variable] || String(fallback)
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port
  fail(`${variable} must be a port number from 1 to 65535, got "${text}".`)
}

function secondsFrom(variable, fallback) {
  const text = process.env[variable] || String(fallback)
  const seconds = Number(text)
  if (Number.isInteger(seconds) && seconds >= 10 && seconds <= 3600) return seconds
  fail(`${variable} must be a whole number of seconds from 10 to 3600, got "${text}".`)
}

/** Goes on where the port is free, or becomes free since a lab that has it is stopping; ends with what has it otherwise. */
async function checkPort(variable, port) {
  const deadline = performance.now() + LONGEST_STOP
  for (;;) {
    const code = await tryPort(port)
    if (code === undefined) return
    const example = port < 65_000 ? port + 10 : port - 10
    if (code === 'EADDRINUSE') {
      const lab = await findLab(`http://${reachable}:${port}`)
      if (lab?.isStopping && performance.now() < deadline) {
        await pause()
        continue
      }
      if (lab) fail(describeFound({ lab, url: `http://${shown}:${port}`, dataFolder: settings.data, variable, port: example }))
      // It may have ended while it was asked.
      if ((await tryPort(port)) === undefined) return
    } else if (code !== 'EACCES') {
      fail(`The address ${settings.host} cannot be listened on (${code}). Set HOURGLASS_HOST to one of this machine, such as 127.0.0.1.`)
    }
    const reason = code === 'EADDRINUSE' ? `Port ${port} is in use` : `Port ${port} may not be opened`
    fail(`${reason}. Set ${variable} to a free one, for example: ${variable}=${example} npm start`)
  }
}

/** Listens on a port for a moment; resolves with the code of the error that prevents it. */
function tryPort(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(error.code))
    probe.listen(port, settings.host, () => probe.close(() => resolve(undefined)))
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

/** Ends before anything runs. */
function fail(sentence, code = EXIT_CONFIG) {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}

/** Asks the processes to end, waits for them, and ends with the given exit code; a second call ends everything at once. */
function stop(code) {
  if (isStopping || supervisors.length === 0) process.exit(code)
  isStopping = true
  Promise.all(supervisors.map((supervisor) => supervisor.stop()))
    .then(() => log.close())
    .finally(() => process.exit(code))
}
