import { createServer } from './createServer.js'
import { log } from './log.js'
import { readSettings } from './Settings.js'
import { StartupError } from './StartupError.js'

try {
  const settings = readSettings(process.env)
  const server = await createServer(settings, log)
  let isClosing = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isClosing) return
      isClosing = true
      log.info({ signal }, 'closing')
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'closing failed')
          process.exit(1)
        },
      )
    })
  }
  if (settings.isOpen) log.warn({ host: settings.host }, 'open to everybody who reaches this address')
  log.info(
    { host: settings.host, port: server.port, data: settings.dataFolder, maxRuns: settings.maxRuns, threads: settings.threads },
    'listening',
  )
} catch (error) {
  // One sentence for what a setting can mend; the whole error for anything else.
  process.stderr.write(`${error instanceof StartupError ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
