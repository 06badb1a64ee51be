import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from './harness/freePort.mjs'
import { root } from './harness/lab.mjs'

interface Dashboard {
  readonly url: string
  readonly output: () => string
}

/** Runs the dashboard's own process, without an API. */
function run(env: Record<string, string>): { readonly child: ChildProcess; readonly output: () => string } {
  const child = spawn(process.execPath, ['apps/web/server/serve.mjs'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += String(chunk)
    })
  }
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  })
  return { child, output: () => output }
}

async function start(env: Record<string, string>): Promise<Dashboard> {
  const [port, apiPort] = [await freePort(), await freePort()]
  const { output } = run({ PORT: String(port), HOURGLASS_API_PORT: String(apiPort), ...env })
  await expect.poll(output, { timeout: 60_000 }).toContain('dashboard listening')
  return { url: `http://127.0.0.1:${port}`, output }
}

const document = { accept: 'text/html' }
const from = (address: string, browser = '') => ({
  'x-forwarded-for': address,
  connection: 'close',
  ...(browser && { cookie: `other=1; hourglass-browser=${browser.padEnd(22, '0')}` }),
})

describe('pages of the dashboard', () => {
  // Three pages and twenty files in a minute of one client, thirty pages of an address.
  const env = { HOURGLASS_CLIENT_LIMITS: '0.001' }

  it('are refused to a client that asks for too many, with a page that opens once there are more', async () => {
    const { url, output } = await start(env)
    const open = (address: string, browser?: string) => fetch(`${url}/runs`, { headers: { ...document, ...from(address, browser) } })
    const statuses = []
    for (let asked = 0; asked < 4; asked++) statuses.push((await open('192.0.2.1')).status)
    expect(statuses.slice(0, 3)).not.toContain(429)
    expect(statuses[3]).toBe(429)
    const refused = await open('192.0.2.1')
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(refused.headers.get('content-type')).toContain('text/html')
    const text = await refused.text()
    expect(text).toContain('Too many pages')
    expect(text).toMatch(/http-equiv="refresh" content="\d+"/)
    // Others at the address, and at another one, have their own.
    expect((await open('192.0.2.1', 'another')).status).not.toBe(429)
    expect((await open('192.0.2.2')).status).not.toBe(429)
    const lines = () =>
      output()
        .split('\n')
        .filter((line) => line.includes('pages refused'))
    await expect.poll(lines).toHaveLength(1)
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ network: '192.0.2.1', limit: 'pages' })
  })

  it('are refused to all at one address, however many browsers it makes up', async () => {
    const { url } = await start(env)
    const parts = (browser: number) =>
      fetch(`${url}/runs?_rsc=1`, { headers: { rsc: '1', ...from('192.0.2.1', `browser${browser}x`) }, redirect: 'manual' })
    const answers = await Promise.all(Array.from({ length: 40 }, (_, browser) => parts(browser)))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    expect(await refused[0]?.json()).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(
            /^Expected at most 30 pages and parts of pages in a minute of all clients at one address, got more\./,
          ),
          extensions: { code: 'TOO_MANY_REQUESTS', limit: 'pages', of: 'network', retryAfterSeconds: expect.any(Number) },
        },
      ],
    })
  })

  it('leave their files, and what the API answers, to limits of their own', async () => {
    const { url } = await start(env)
    const get = (path: string) => fetch(`${url}${path}`, { headers: from('192.0.2.3') })
    const statuses = []
    for (let asked = 0; asked < 21; asked++) statuses.push((await get('/_next/static/nothing.js')).status)
    expect(statuses.slice(0, 20)).not.toContain(429)
    expect(statuses[20]).toBe(429)
    for (let asked = 0; asked < 5; asked++) expect((await get('/graphql?query={lab{version}}')).status).toBe(503)
    expect((await get('/health/dashboard')).status).toBe(200)
  })
})

describe('the process of the dashboard', () => {
  it('listens to other machines only where the settings say so', async () => {
    const port = String(await freePort())
    const closed = run({ PORT: port, HOURGLASS_HOST: '0.0.0.0', HOURGLASS_OPEN: '' })
    const [code] = await once(closed.child, 'exit')
    expect(code).toBe(78)
    expect(closed.output()).toMatch(/^HOURGLASS_HOST: 0\.0\.0\.0 can be reached from other machines.* Set HOURGLASS_OPEN=1 to allow that/)
    const open = run({ PORT: port, HOURGLASS_HOST: '0.0.0.0', HOURGLASS_OPEN: '1' })
    await expect.poll(open.output, { timeout: 60_000 }).toContain('dashboard listening')
  })
})
