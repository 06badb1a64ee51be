import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from './harness/freePort.mjs'
import { isRunning } from './harness/isRunning.mjs'
import { query, root, startLab } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'
import { pidOf, pidsOf, untilGone } from './harness/processes.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const LOSSES = 'query($id: ID!) { run(id: $id) { status metrics { epoch trainLoss validationLoss } } }'
const EPOCHS = 'query($id: ID!) { run(id: $id) { status summary { epochsCompleted } } }'
/** As many epochs as a run may have. */
const ENDLESS = 10_000
const config = {
  data: { dataset: 'two-moons', trainCount: 2000, testCount: 200 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [16], outputActivation: 'LINEAR' } },
  training: { epochs: 100, batchSize: 10 },
}

const health = (url: string) => fetch(`${url}/health`, { headers: { connection: 'close' } })
const isWell = (url: string) =>
  health(url).then(
    ({ ok }) => ok,
    () => false,
  )
const launch = async (url: string, epochs = config.training.epochs): Promise<string> => {
  const input = { config: { ...config, training: { ...config.training, epochs } } }
  return (await query(url, LAUNCH, { input })).launchRun.id
}
const epochsOf = async (url: string, id: string): Promise<number> => (await query(url, EPOCHS, { id })).run.summary.epochsCompleted

describe('a lab of which something ends', () => {
  let lab: Awaited<ReturnType<typeof startLab>>
  beforeAll(async () => {
    lab = await startLab({ env: { HOURGLASS_API_SILENCE: '15' } })
  })
  afterAll(() => lab?.[Symbol.asyncDispose]())

  it('starts a killed API again, alone, and its run continues to the same losses; open pages say so and come back', async () => {
    const statusOf = (id: string) => query(lab.url, EPOCHS, { id }).then(({ run }) => run.status)
    const page = await openPage()
    try {
      await page.goto(`${lab.url}/runs`)
      await page.locator('[data-connection="connected"]').waitFor({ state: 'attached' })
      const dashboard = pidOf(lab.data, 'dashboard listening')
      // It cannot end before it is interrupted.
      const id = await launch(lab.url, ENDLESS)
      await expect.poll(() => epochsOf(lab.url, id)).toBeGreaterThan(2)
      const api = pidOf(lab.data, 'listening')
      process.kill(api, 'SIGKILL')

      await page.getByText('The lab is restarting, reconnecting…').waitFor()
      expect(await page.getByRole('link', { name: 'Experiments' }).isVisible(), 'the page keeps what it shows').toBe(true)
      await page.locator('[data-connection="connected"]').waitFor({ state: 'attached' })
      expect(pidOf(lab.data, 'dashboard listening')).toBe(dashboard)
      await expect.poll(() => pidOf(lab.data, 'listening')).not.toBe(api)
      expect(lab.output()).toMatch(/The API ended unexpectedly \(SIGKILL\)\. Starting it again/)
      await expect.poll(() => readFileSync(join(lab.data, 'server.log'), 'utf8')).toContain('interrupted run found')
      const before = await epochsOf(lab.url, id)
      await expect.poll(() => epochsOf(lab.url, id)).toBeGreaterThan(before + 2)
      await query(lab.url, 'mutation($id: ID!) { stopRun(id: $id) { id } }', { id })
      await expect.poll(() => statusOf(id)).toBe('STOPPED')
      const undisturbed = await launch(lab.url, await epochsOf(lab.url, id))
      await expect.poll(() => statusOf(undisturbed)).toBe('COMPLETED')
      const [first, second] = await Promise.all(
        [undisturbed, id].map(async (run) => (await query(lab.url, LOSSES, { id: run })).run.metrics),
      )
      expect(second).toEqual(first)
    } finally {
      await page.close()
    }
  })

  it.skipIf(process.platform === 'win32')('ends an API that hangs and starts it again, alone, and its run goes on', async () => {
    const statusOf = (id: string) => query(lab.url, EPOCHS, { id }).then(({ run }) => run.status)
    const dashboard = pidOf(lab.data, 'dashboard listening')
    const id = await launch(lab.url)
    await expect.poll(() => statusOf(id)).toBe('RUNNING')
    const api = pidOf(lab.data, 'listening')
    process.kill(api, 'SIGSTOP')
    await untilGone(api)
    await expect.poll(() => isWell(lab.url)).toBe(true)
    expect(lab.output()).toContain('The API ended unexpectedly (it ran, but answered nothing any more). Starting it again')
    expect(pidOf(lab.data, 'dashboard listening')).toBe(dashboard)
    await expect.poll(() => statusOf(id)).toBe('COMPLETED')
  })

  it.skipIf(process.platform === 'win32')('ends a dashboard that hangs and starts it again, alone', async () => {
    const api = pidOf(lab.data, 'listening')
    const dashboard = pidOf(lab.data, 'dashboard listening')
    // What the watch has heard by now is an answer.
    await new Promise((later) => setTimeout(later, 2_000))
    process.kill(dashboard, 'SIGSTOP')
    await untilGone(dashboard)
    await expect.poll(() => isWell(lab.url)).toBe(true)
    expect(lab.output()).toContain('The dashboard ended unexpectedly (it ran, but answered nothing any more). Starting it again')
    expect(pidOf(lab.data, 'listening')).toBe(api)
  })

  it('starts a killed dashboard again, alone', async () => {
    const api = pidOf(lab.data, 'listening')
    const dashboard = pidOf(lab.data, 'dashboard listening')
    process.kill(dashboard, 'SIGKILL')
    await untilGone(dashboard)
    await expect.poll(() => isWell(lab.url)).toBe(true)
    await expect.poll(() => pidOf(lab.data, 'dashboard listening')).not.toBe(dashboard)
    expect(pidOf(lab.data, 'listening')).toBe(api)
  })

  it('is found by a second start, which says what to do and leaves it alone', async () => {
    const env = { ...process.env, PORT: new URL(lab.url).port, HOURGLASS_API_PORT: String(await freePort()) }
    const start = async (data: string) => {
      const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env: { ...env, HOURGLASS_DATA: data } })
      let stderr = ''
      child.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      const [code] = await once(child, 'close')
      return { code, stderr: stderr.trim() }
    }
    expect(await start(lab.data)).toEqual({
      code: 78,
      stderr: `Hourglass already runs at ${lab.url} with the data folder ${lab.data}. Open it, or stop it first (process id ${lab.pid}).`,
    })
    const other = mkdtempSync(join(tmpdir(), 'hourglass-other-'))
    expect((await start(other)).stderr).toMatch(
      new RegExp(`^Hourglass already runs at ${lab.url} with another data folder, ${lab.data}\\. Open it, .* or set PORT to a free port`),
    )
    rmSync(other, { recursive: true })
    expect(await isWell(lab.url)).toBe(true)
  })

  it('survives upgrades that are reset at once, while the API is there and while it is not', async () => {
    const dashboard = pidOf(lab.data, 'dashboard listening')
    await resetUpgrades(Number(new URL(lab.url).port), 200)
    process.kill(pidOf(lab.data, 'listening'), 'SIGKILL')
    await resetUpgrades(Number(new URL(lab.url).port), 200)
    await expect.poll(() => isWell(lab.url)).toBe(true)
    expect(pidOf(lab.data, 'dashboard listening')).toBe(dashboard)
    expect(isRunning(dashboard)).toBe(true)
  })
})

describe('a lab whose start script is killed', () => {
  it('ends by itself, its runs interrupted, and the next start has its ports and continues them', async () => {
    const data = mkdtempSync(join(tmpdir(), 'hourglass-orphans-'))
    const first = await startLab({ data })
    const id = await launch(first.url)
    await expect.poll(() => epochsOf(first.url, id)).toBeGreaterThan(0)
    const pids = [pidOf(data, 'listening'), pidOf(data, 'dashboard listening')]
    await first.stop('SIGKILL')
    await untilGone(...pids)
    {
      await using second = await startLab({ data, ports: first.ports })
      expect(second.url).toBe(first.url)
      await expect.poll(() => pidsOf(data, 'listening')).toHaveLength(2)
      await expect.poll(async () => (await query(second.url, EPOCHS, { id })).run.status).toBe('COMPLETED')
    }
  })

  it('ends when npm is killed', async () => {
    const data = mkdtempSync(join(tmpdir(), 'hourglass-npm-'))
    const [port, apiPort] = [await freePort(), await freePort()]
    const env = { ...process.env, PORT: String(port), HOURGLASS_API_PORT: String(apiPort), HOURGLASS_DEMO: '0', HOURGLASS_DATA: data }
    const npm = spawn('npm', ['start'], { cwd: root, env, stdio: 'ignore' })
    await expect.poll(() => isWell(`http://127.0.0.1:${port}`)).toBe(true)
    const pids = () => [...pidsOf(data, 'listening'), ...pidsOf(data, 'dashboard listening')]
    await expect.poll(pids).toHaveLength(2)
    const listening = pids()
    npm.kill('SIGKILL')
    await untilGone(...listening)
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
  })
})

/** Asks for WebSockets at allowed and other addresses and resets each connection as soon as the request is out. */
async function resetUpgrades(port: number, count: number): Promise<void> {
  const headers =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
  const requests = [
    `GET /graphql HTTP/1.1\r\nHost: localhost:${port}\r\n${headers}Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    `GET /graphql HTTP/1.1\r\nHost: evil.example\r\n${headers}\r\n`,
    `GET /elsewhere HTTP/1.1\r\nHost: localhost:${port}\r\n${headers}\r\n`,
    `GET /graphql HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://evil.example\r\n${headers}\r\n`,
  ]
  for (let index = 0; index < count; index++) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(requests[index % requests.length] ?? '')
    // Some are reset before they are read, some while they are answered.
    if (index % 3 > 0) await new Promise((later) => setTimeout(later, index % 5))
    socket.resetAndDestroy()
  }
}
