import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from './freePort.mjs'
import { beginLab, makeDataFolder, removeLab } from './labFolder.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Starts the whole lab as a user does, through the start script, on free ports (or given ones) with a data folder of its own.
 * Resolves when it says that it is ready; rejects with its output where it ends before.
 */
export async function startLab({
  data = /** @type {string | undefined} */ (undefined),
  env = {},
  ports = /** @type {number[]} */ ([]),
} = {}) {
  const [port = await freePort(), apiPort = await freePort()] = ports
  const folder = data ?? (await makeDataFolder()).path
  await beginLab(folder)
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    // Measuring a run takes longer than training it here; what concerns it turns it on.
    env: {
      ...process.env,
      HOURGLASS_DEMO: '0',
      HOURGLASS_ANALYSIS: '0',
      ...env,
      PORT: String(port),
      HOURGLASS_API_PORT: String(apiPort),
      HOURGLASS_DATA: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const url = `http://localhost:${port}`
  /** @param {NodeJS.Signals} signal */
  const stop = async (signal = 'SIGTERM') => {
    child.kill(signal)
    return exited
  }
  await new Promise((resolve, reject) => {
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk
      if (output.includes('Hourglass is ready')) resolve(undefined)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    exited.then((code) => reject(new Error(`The lab ended with ${code} before it was ready:\n${output}`)))
  })
  return {
    url,
    apiUrl: `http://127.0.0.1:${apiPort}`,
    data: folder,
    ports: [port, apiPort],
    pid: child.pid,
    output: () => output,
    exited,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      await removeLab(folder)
    },
  }
}

/**
 * Sends a GraphQL document over HTTP and returns its data; throws with the server's errors.
 * @param {string} url
 * @param {string} document
 * @param {Record<string, unknown>} [variables]
 * @returns {Promise<any>} shaped as the document is
 */
export async function query(url, document, variables = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    // A connection that is kept may be closed by the server just as the next test writes to it.
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query: document, variables }),
  })
  /** @type {{ data: unknown, errors?: { message: string, extensions?: { code?: string } }[] }} */
  const { data, errors } = await response.json()
  if (errors) throw new Error(errors.map((error) => `${error.extensions?.code}: ${error.message}`).join('\n'))
  return data
}
