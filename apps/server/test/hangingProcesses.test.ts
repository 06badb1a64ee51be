import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { smallConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

/** Seconds that a process may be silent and idle. */
const SILENCE = 5
useServer({ HOURGLASS_WORKER_SILENCE: String(SILENCE) })

const decode = (runId: string) => server.query('query ($id: ID!) { decode(runId: $id, codes: [[0, 0, 0, 0]]) }', { id: runId })

/** The process of the server that runs a program, if there is one. */
function processOf(program: string): number | undefined {
  const of = server.process.pid
  const children = readFileSync(`/proc/${of}/task/${of}/children`, 'utf8').trim().split(' ').filter(Boolean)
  const isIt = (child: string) => {
    try {
      return readFileSync(join('/proc', child, 'cmdline'), 'utf8').includes(program)
    } catch {
      return false
    }
  }
  const found = children.find(isIt)
  return found === undefined ? undefined : Number(found)
}

async function health() {
  const response = await fetch(`${server.url}/health`)
  return { status: response.status, body: (await response.json()) as { workers: string; problems: { code: string; message: string }[] } }
}

describe('the process that computes with models', () => {
  it('is ended where it hangs, and what was asked of it is answered by another; health tells of it meanwhile', async () => {
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    expect((await decode(id)).errors).toBeUndefined()
    const hanging = Number(processOf('models.js'))
    process.kill(hanging, 'SIGSTOP')
    const file = fetch(`${server.url}/artifacts/runs/${id}/onnx/3/decoder.onnx`)
    const examples = fetch(`${server.url}/artifacts/runs/${id}/examples/test/0.png`)
    const decoded = decode(id)
    await expect.poll(async () => (await health()).status, { timeout: 60_000 }).toBe(503)
    expect((await health()).body).toMatchObject({
      workers: 'failing',
      problems: [{ code: 'WORKER_HANGS', message: expect.stringMatching(/^The process that computes with models answers nothing\./) }],
    })
    expect((await decoded).errors).toBeUndefined()
    expect([(await file).status, (await examples).status]).toEqual([200, 200])
    await expect.poll(async () => (await health()).status, { timeout: 60_000 }).toBe(200)
    const lines = () => server.logLines.filter(({ pid }) => pid === hanging).map(({ msg }) => msg)
    await expect.poll(lines).toEqual(['model process started', 'model process hangs', 'model process ended'])
  })

  it('is left alone where nobody asks for anything', async () => {
    const [id] = await Promise.all([server.launch(smallConfig), sleep(0)])
    await server.untilStatus(id, 'COMPLETED')
    expect((await decode(id)).errors).toBeUndefined()
    const resting = processOf('models.js')
    await sleep(3 * SILENCE * 1000)
    expect(processOf('models.js')).toBe(resting)
    expect((await health()).status).toBe(200)
  })

  it('is given up over a call where a second one hangs over it, with the reason', async () => {
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    expect((await decode(id)).errors).toBeUndefined()
    const first = Number(processOf('models.js'))
    process.kill(first, 'SIGSTOP')
    const decoded = decode(id)
    const second = () => [processOf('models.js')].find((pid) => pid !== undefined && pid !== first)
    await expect.poll(second, { timeout: 60_000, interval: 5 }).toBeDefined()
    process.kill(Number(second()), 'SIGSTOP')
    expect((await decoded).errors).toMatchObject([
      {
        message: expect.stringMatching(/got none: It answered nothing for \d+ s and computed nothing, and was ended\. Try again/),
        extensions: { code: 'MODEL_UNAVAILABLE' },
      },
    ])
    expect((await decode(id)).errors).toBeUndefined()
  })
})

describe('the process that packs an archive', () => {
  it('is ended where it hangs before it has written anything, and who waits is told', async () => {
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    const answered = fetch(`${server.url}/archives/runs/${id}.tar`)
    await expect.poll(() => processOf('exporter.js'), { timeout: 60_000, interval: 1 }).toBeDefined()
    process.kill(Number(processOf('exporter.js')), 'SIGSTOP')
    const answer = await answered
    expect(await answer.json()).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(/^The archive could not be packed\. .* answered nothing for \d+ s .* Try again\.$/),
          extensions: { code: 'ARCHIVE_FAILED' },
        },
      ],
    })
    expect(answer.status).toBe(500)
    expect((await fetch(`${server.url}/archives/runs/${id}.tar`)).status).toBe(200)
  })
})
