import { createServer } from 'node:net'

/** Below the ports that systems give to whoever asks for any (Linux from 32768, others from 49152), so that nobody is given it meanwhile. */
const FIRST = 20_000
const LAST = 32_000

/** Finds a port that nobody listens on and that the system gives to nobody else before it is used. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    if (await isFree(port)) return port
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
