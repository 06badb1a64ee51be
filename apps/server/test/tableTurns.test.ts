import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { parquetReadObjects } from 'hyparquet'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tableRoutes } from '../src/api/http/tableRoutes.js'
import { Arrivals } from '../src/clients/Arrivals.js'
import { ClientGate } from '../src/clients/ClientGate.js'
import { ShortWork } from '../src/clients/ShortWork.js'
import type { Lab } from '../src/Lab.js'
import type { TableRow } from '../src/runs/tables/readTable.js'
import type { TableColumn } from '../src/runs/tables/tableColumns.js'
import { writeParquet } from '../src/runs/tables/writeParquet.js'
import { madeUpClient } from './madeUpClient.js'
import { openPlannedRuns } from './plannedRuns.js'
import { turnsDuring } from './turnsDuring.js'

const column = (name: string): TableColumn => ({ name, type: 'number', key: undefined })

describe('a large table as Parquet', () => {
  it('is written beside everything else', async () => {
    const [rows, columns] = [2_500, Array.from({ length: 200 }, (_, index) => column(`c${index}`))]
    async function* portions(): AsyncGenerator<readonly TableRow[]> {
      for (let from = 0; from < rows; from += 25)
        yield Array.from({ length: 25 }, (_, row) => columns.map((__, at) => Math.sin(from + row + at)))
    }
    const parts: Uint8Array[] = []
    const worked: number[] = []
    const turns = await turnsDuring(async () => {
      for await (const part of writeParquet(columns, portions(), { onWorked: (seconds) => void worked.push(seconds) })) parts.push(part)
    })
    // A portion at a time is handed over, and nothing of the file is made here.
    expect(turns).toBeGreaterThan(rows / 25)
    expect(worked).toHaveLength(1)
    expect(worked[0]).toBeGreaterThan(0)
    const bytes = Buffer.concat(parts)
    const read = await parquetReadObjects({ file: new Uint8Array(bytes).buffer })
    expect(read).toHaveLength(rows)
    expect(read[2_400]).toMatchObject({ c0: Math.sin(2_400), c7: Math.sin(2_407) })
  })

  it('fails where its rows cannot be read', async () => {
    async function* portions(): AsyncGenerator<readonly TableRow[]> {
      yield [[1]]
      throw new Error('no such table')
    }
    const writing = async () => {
      for await (const _ of writeParquet([column('a')], portions()));
    }
    await expect(writing()).rejects.toThrow('no such table')
  })
})

/** Serves the tables of a store whose statements take a while, and counts what a client is charged and what is read; from some statement on it fails. */
async function serveTables(failing = Number.POSITIVE_INFINITY) {
  const store = await openPlannedRuns()
  const gate = new ClientGate()
  const charged: number[] = []
  gate.charge = async (_, { workSeconds = 0 }) => void charged.push(workSeconds)
  let statements = 0
  const read = new Proxy(store.database.read, {
    get: (target, name) => {
      if (name !== '$queryRaw') return Reflect.get(target, name)
      return async (...asked: Parameters<typeof target.$queryRaw>) => {
        statements++
        await sleep(100)
        if (statements >= failing) throw new Error('the disk is gone')
        return target.$queryRaw(...asked)
      }
    },
  })
  const database = { read }
  const lines: unknown[] = []
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line)) })
  const tables = new ShortWork(gate, new Arrivals())
  const app = express()
    .use((_, response, next) => {
      response.locals.client = madeUpClient('a')
      next()
    })
    .use('/tables', tableRoutes({ database, log } as unknown as Lab, { tables, gate }))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await store[Symbol.asyncDispose]()
  })
  return { port: (server.address() as AddressInfo).port, charged, lines, statements: () => statements }
}

describe('a table over HTTP', () => {
  it.each(['csv', 'parquet'])('counts as work of the client that asks for it: %s', async (format) => {
    const { port, charged } = await serveTables()
    const answer = await fetch(`http://127.0.0.1:${port}/tables/runs.${format}`)
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0)
    // What it is of, its columns, its rows, and what a thread did.
    await expect.poll(() => charged.length).toBeGreaterThanOrEqual(4)
    expect(charged.reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(0)
  })

  it.each(['csv', 'parquet'])('breaks off where it cannot be read to its end, which the log tells: %s', async (format) => {
    const { port, lines, statements } = await serveTables()
    await (await fetch(`http://127.0.0.1:${port}/tables/runs.${format}`)).arrayBuffer()
    expect(lines).toEqual([])
    const broken = await serveTables(statements())
    const read = fetch(`http://127.0.0.1:${broken.port}/tables/runs.${format}`).then((answer) => answer.arrayBuffer())
    await expect(read).rejects.toThrow()
    await expect.poll(() => broken.lines).toMatchObject([{ msg: 'table of runs broke off', err: { message: 'the disk is gone' } }])
  })

  it('is not made for who asks for its headers alone', async () => {
    const { port, statements } = await serveTables()
    const ask = async (method: string) => {
      const before = statements()
      const answer = await fetch(`http://127.0.0.1:${port}/tables/runs.parquet`, { method })
      await answer.arrayBuffer()
      return { type: answer.headers.get('content-type'), read: statements() - before }
    }
    const [head, whole] = [await ask('HEAD'), await ask('GET')]
    expect(head.type).toBe(whole.type)
    expect(head.read).toBeLessThan(whole.read)
  })

  it.each(['csv', 'parquet'])('is not read on when its client has left: %s', async (format) => {
    const { port, lines, statements } = await serveTables()
    const whole = await fetch(`http://127.0.0.1:${port}/tables/runs.${format}`)
    await whole.arrayBuffer()
    const all = statements()
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`GET /tables/runs.${format} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await expect.poll(statements, { interval: 5 }).toBeGreaterThan(all)
    socket.resetAndDestroy()
    const begun = statements()
    // Long enough for all of it.
    await sleep(all * 150 + 500)
    expect(statements() - begun).toBeLessThanOrEqual(1)
    expect(begun - all).toBeLessThan(all - 1)
    expect(lines).toEqual([])
  })
})
