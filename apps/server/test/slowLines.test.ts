import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { download } from './archiveLabs.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { entriesOf, packed } from './tarFiles.js'

interface Answer {
  readonly status: number
  readonly body: string
  /** Statuses that came before it. */
  readonly before: readonly number[]
}

interface Line {
  /** Between two parts, in milliseconds. */
  readonly pause: number
  readonly to?: TestServer
}

describe('what comes over a slow line', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  let server: TestServer
  beforeAll(async () => {
    folder = await makeDataFolder()
    server = await TestServer.start(folder.path, { HOURGLASS_REQUEST_SECONDS: '2', HOURGLASS_TRANSFER_SILENCE: '1' })
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  /** Sends parts with pauses; rejects where the connection is ended without an answer. */
  function send(path: string, type: string, parts: Iterable<string | Uint8Array>, { pause, to = server }: Line): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const before: number[] = []
      const sending = request(`${to.url}${path}`, { method: 'POST', headers: { 'content-type': type } })
      let isAnswered = false
      sending.on('error', reject)
      sending.on('information', ({ statusCode }) => before.push(statusCode))
      sending.on('response', (response) => {
        isAnswered = true
        let body = ''
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, before }))
      })
      void (async () => {
        for (const part of parts) {
          if (isAnswered || sending.destroyed) return
          sending.write(part)
          await sleep(pause)
        }
        sending.end()
      })()
    })
  }

  function* drip() {
    for (let byte = 0; byte < 600; byte++) yield ' '
  }

  it('may take as long as it moves where it is an archive, and is ended where that hardly does', async () => {
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    // Taking it in takes some seconds, for its many files.
    const entries = new Map(await entriesOf(await download(server, 'run', id)))
    for (let index = 0; index < 10_000; index++) entries.set(`runs/${id}/more/${index}`, Buffer.alloc(1))
    const archive = packed(entries)
    const size = Math.ceil(archive.byteLength / 40)
    const parts = Array.from({ length: 40 }, (_, index) => archive.subarray(index * size, (index + 1) * size))
    const { status, before } = await send('/archives', 'application/x-tar', parts, { pause: 100 })
    // All of it arrived: the lab has this run.
    expect(status).toBe(409)
    expect(before.every((early) => early === 102)).toBe(true)
    expect(before.length).toBeGreaterThan(0)
    await expect(send('/archives', 'application/x-tar', drip(), { pause: 50 })).rejects.toThrow(/socket hang up|ECONNRESET|EPIPE/)
  })

  it('is refused where it is anything else and hardly comes', async () => {
    await using other = await makeDataFolder()
    await using patient = await TestServer.start(other.path, { HOURGLASS_TRANSFER_SILENCE: '1' })
    const { status, body } = await send('/graphql', 'application/json', drip(), { pause: 50, to: patient })
    expect({ status, ...JSON.parse(body) }).toMatchObject({
      status: 408,
      errors: [{ message: expect.stringContaining('at least 2,000 bytes in 1 s'), extensions: { code: 'REQUEST_TIMED_OUT' } }],
    })
  })

  it('is refused where it is anything else and takes long in all', async () => {
    function* stream() {
      for (let part = 0; part < 60; part++) yield ' '.repeat(1_000)
    }
    const { status, body } = await send('/graphql', 'application/json', stream(), { pause: 50 })
    expect({ status, ...JSON.parse(body) }).toMatchObject({
      status: 408,
      errors: [{ message: expect.stringContaining('within 2 s'), extensions: { code: 'REQUEST_TIMED_OUT' } }],
    })
  })
})
