import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from './openStore.js'
import { makeDataFolder, TestServer } from './startServer.js'
import { largeConfig, storeTrainedRun } from './storeTrainedRun.js'

const MEGABYTE = 1024 ** 2

let folder: Awaited<ReturnType<typeof makeDataFolder>>
let server: TestServer
let large: string
let small: string

beforeAll(async () => {
  folder = await makeDataFolder()
  {
    await using store = await openStore(folder.path)
    large = (await storeTrainedRun(store, 1, largeConfig)).id
    small = (await storeTrainedRun(store, 1, { architecture: { kind: 'dense', latentDimension: 2 } })).id
  }
  await mkdir(join(folder.path, 'onnx'), { recursive: true })
  await writeFile(join(folder.path, 'onnx', 'half.onnx.123.tmp'), 'half')
  server = await TestServer.start(folder.path)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

/** Most memory that the server's process has held, in bytes. */
async function mostMemory(): Promise<number> {
  const status = await readFile(`/proc/${server.process.pid}/status`, 'utf8')
  return 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1])
}

/** Processor time that a process has had, in hundredths of a second. */
async function processorTicks(pid: unknown): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

const decodeQuery = (id: string) => `{ decode(runId: "${id}", codes: [[1, 2]]) }`

describe('large models', () => {
  it('are downloaded by whoever does not read, and take none of the server’s memory', async () => {
    const before = await mostMemory()
    const path = `/artifacts/runs/${large}/onnx/0001/autoencoder.onnx`
    const sockets = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
        socket.on('error', () => undefined)
        await once(socket, 'connect')
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\n\r\n`)
        await once(socket, 'readable')
        return socket
      }),
    )
    const response = await fetch(`${server.url}${path}`)
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(80 * MEGABYTE)
    expect((await mostMemory()) - before).toBeLessThan(150 * MEGABYTE)
    for (const socket of sockets) socket.destroy()
    // Made once for all of them; what an interrupted export had left is gone.
    expect(await readdir(join(folder.path, 'onnx'))).toHaveLength(1)
  })

  it('keep nobody else waiting, and are computed no more when who asked has left', async () => {
    const leaving = new AbortController()
    const post = (query: string, headers: Record<string, string>, signal?: AbortSignal) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
        ...(signal ? { signal } : {}),
      })
    const mine = { 'x-forwarded-for': '10.0.0.1' }
    let answered = 0
    const rows = JSON.stringify(Array.from({ length: 200 }, () => [1, 2]))
    const asked = Array.from({ length: 500 }, async () => {
      const response = await post(`{ decode(runId: "${large}", codes: ${rows}) }`, mine, leaving.signal)
      await response.arrayBuffer()
      answered++
    })
    const left = Promise.allSettled(asked)
    for (let time = 0; time < 5; time++) {
      const response = await post(decodeQuery(small), { 'x-forwarded-for': '10.0.0.2' })
      expect(await response.json()).toMatchObject({ data: { decode: [expect.any(Array)] } })
    }
    expect(answered).toBeLessThan(250)
    leaving.abort()
    await left
    const computed = () => processorTicks(server.logLines.findLast(({ msg }) => msg === 'model process started')?.pid)
    const isIdle = async () => {
      const before = await computed()
      await sleep(500)
      return (await computed()) - before < 5
    }
    await expect.poll(isIdle).toBe(true)
    const response = await post(decodeQuery(small), { 'x-forwarded-for': '10.0.0.2' })
    expect(await response.json()).toMatchObject({ data: { decode: [expect.any(Array)] } })
  })
})
