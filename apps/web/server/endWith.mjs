/** How long requests that are being answered may take when the dashboard ends, in milliseconds. */
const GRACE = 1_000

/**
 * Ends the process on a signal, and with the process that started it: that closes the channel between them, however it ended. What is being
 * answered is finished first, for a moment; a second signal ends at once.
 * @param {import('node:http').Server} server
 */
export function endWith(server) {
  const upgraded = new Set()
  let isEnding = false
  server.on('upgrade', (_, socket) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
  })
  const end = () => {
    if (isEnding) process.exit(130)
    isEnding = true
    server.close(() => process.exit(0))
    server.closeIdleConnections()
    setTimeout(() => {
      for (const socket of upgraded) socket.destroy()
      server.closeAllConnections()
      process.exit(0)
    }, GRACE)
  }
  // Whoever reads what this prints may be gone before this is.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end)
  if (!process.send) return
  if (process.connected) process.on('disconnect', () => isEnding || end())
  else end()
}
