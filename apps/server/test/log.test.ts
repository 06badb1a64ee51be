import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'

const log = new URL('../dist/log.js', import.meta.url).href

/** Runs lines of JavaScript that use `log` and returns what they logged. */
async function run(lines: string): Promise<Record<string, unknown>[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', `const { log } = await import('${log}');${lines}`])
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  await once(child, 'close')
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

it('shows no secrets, and of an address the path alone', async () => {
  const [entry] = await run(`log.info({
    url: '/graphql?query=%7Bsecret%7D',
    headers: { cookie: 'a=b', authorization: 'Bearer x', host: 'localhost' },
    request: { headers: { 'set-cookie': 'c=d' } },
    password: 'hunter2',
  }, 'request')`)
  expect(entry).toMatchObject({
    url: '/graphql',
    headers: { cookie: '[hidden]', authorization: '[hidden]', host: 'localhost' },
    request: { headers: { 'set-cookie': '[hidden]' } },
    password: '[hidden]',
    msg: 'request',
  })
})

it('shows the beginning of a long path', async () => {
  const [entry] = await run(`log.info({ url: '/' + 'a'.repeat(15_000) }, 'request')`)
  expect(String(entry?.url)).toHaveLength(300)
})

it('shows the beginning of what a long error says', async () => {
  const [entry] = await run(`log.error({ err: Object.assign(new TypeError('a'.repeat(1_000_000)), { code: 'X' }) }, 'failed')`)
  const { err } = entry as { err: Record<string, string> }
  expect(err).toMatchObject({ type: 'TypeError', code: 'X' })
  expect(err.message).toMatch(/^a{4000} …$/)
  expect(JSON.stringify(entry).length).toBeLessThan(10_000)
})

it('lets a process exit whose output nobody reads any more', async () => {
  const script = `const { log } = await import('${log}')
    process.on('message', () => {
      // The second one waits while the first is written.
      log.info('interrupted')
      log.info('closing')
      process.exit(0)
    })
    process.send('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  await once(child, 'message')
  const output = child.stdout
  if (!output) throw new Error('expected a pipe to read from')
  const closed = once(output, 'close')
  output.destroy()
  await closed
  const ended = once(child, 'exit')
  child.send('exit')
  expect(await ended).toEqual([0, null])
})
