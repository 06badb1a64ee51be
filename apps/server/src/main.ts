import { createServer, type LabServer } from './createServer.js'
import { exitCodes } from './exitCodes.js'
import { log } from './log.js'
import { readSettings } from './Settings.js'
import { StartupError } from './StartupError.js'

/** How long closing may take before the process ends without it, in milliseconds: the next start finds what was interrupted. */
const LONGEST_CLOSE = 12_000

let server: LabServer | undefined
let isClosing = false

// A library that is bundled counts as our own code: what Node has to tell of it is for those who make it, not for who runs a lab.
process.noDeprecation = true
// Whoever reads what this prints may be gone before this is.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
process.on('uncaughtException', crash)
process.on('unhandledRejection', crash)
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (isClosing) process.exit(exitCodes.interrupted)
    close(signal)
  })
}
// A start script that is killed asks for nothing any more; its end closes the channel.
if (process.send) {
  if (process.connected) process.on('disconnect', () => close('end of the start script'))
  else close('end of the start script')
}

try {
  const settings = readSettings(process.env)
  server = await createServer(settings, log)
  const { host, dataFolder: data, maxRuns, threads } = settings
  if (settings.isOpen) log.warn({ host }, 'open to everybody who reaches this address')
  log.info({ pid: process.pid, host, port: server.port, data, maxRuns, threads }, 'listening')
} catch (error) {
  // One sentence for what a setting can mend; the whole error for anything else.
  process.stderr.write(`${error instanceof StartupError ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(error instanceof StartupError ? exitCodes.config : exitCodes.crashed)
}

/** Closes the lab and ends the process. One that has not yet opened the lab ends at once: a start finishes whatever the last one began. */
function close(cause: string): void {
  if (isClosing) return
  isClosing = true
  if (!server) process.exit(exitCodes.closed)
  log.info({ cause }, 'closing')
  setTimeout(() => {
    log.error(`closing took more than ${LONGEST_CLOSE / 1000} s, ended without`)
    process.exit(exitCodes.crashed)
  }, LONGEST_CLOSE).unref()
  server.close().then(
    () => process.exit(exitCodes.closed),
    (error: unknown) => {
      log.error({ err: error }, 'closing failed')
      process.exit(exitCodes.crashed)
    },
  )
}

/** Ends the process after an error that nobody handled: what it left half done is found at the next start, and cannot be known here. */
function crash(error: unknown): never {
  // Not as fatal: that would flush what may have nobody to read it, again and again.
  log.error({ err: error }, 'ended by an error that nobody handled')
  process.exit(exitCodes.crashed)
}
