import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from '../../apps/server/test/startServer.js'
import { Adversary, type Answer } from './Adversary.js'
import { Dice } from './Dice.js'
import { hostileFrames } from './hostileFrames.js'
import { hostileOperations } from './hostileOperations.js'
import { hostileRequests } from './hostileRequests.js'

/** So many of each kind; HOURGLASS_FUZZ=20 is the long version, which also waits for the memory. */
const ROUNDS = Number(process.env.HOURGLASS_FUZZ ?? 3)
const AT_ONCE = 4
const isLong = ROUNDS > 3
const SEED = Number(process.env.HOURGLASS_FUZZ_SEED ?? Date.now() % 1_000_000)
const schema = buildSchema(await readFile(new URL('../../apps/server/schema.graphql', import.meta.url), 'utf8'))
/** In the long version so many rounds, of other seeds, come before: they fill what is kept in bounded size. */
const WARM_ROUNDS = isLong ? ROUNDS : 0
/** A minute after, memory is what it was before. */
const SETTLE_MILLISECONDS = isLong ? 60_000 : 5_000
/** What it may be then, of what it was: were 50 kB of each input held, it would be 40 % more. Shortly after, what was freed may not have been given back. */
const MOST_GROWTH = isLong ? 1.2 : 2.5
const MOST_BYTES = 400e6

let folder: Awaited<ReturnType<typeof makeDataFolder>>
let server: TestServer
let adversary: Adversary
let before: number
/** How long others waited for an answer meanwhile, in milliseconds. */
const waits: number[] = []
let isOver = false
let watching: Promise<void>

beforeAll(async () => {
  folder = await makeDataFolder()
  server = await TestServer.start(folder.path, { HOURGLASS_CLIENT_LIMITS: '1000' })
  await server.untilStatus(await server.launch(smallConfig), 'COMPLETED')
  adversary = new Adversary(server.url)
  // What is loaded, compiled and kept in caches of bounded size is none of this.
  for (const kind of Object.keys(hostileOperations)) await operate(kind, SEED + 1)
  for (let first = 0; first < WARM_ROUNDS; first += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => warm(SEED - 1000 * (first + index + 1))))
  }
  // Whoever asks meanwhile takes memory too, before as after.
  watching = watch()
  before = await leastMemory()
})

afterAll(async () => {
  isOver = true
  await watching
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

/** Memory that the server holds, in bytes. */
async function memory(): Promise<number> {
  const status = await readFile(`/proc/${server.process.pid}/status`, 'utf8')
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
}

/** The least memory that the server holds while it settles, in bytes. */
async function leastMemory(): Promise<number> {
  const ending = performance.now() + SETTLE_MILLISECONDS
  let least = await memory()
  while (performance.now() < ending) {
    await sleep(500)
    least = Math.min(least, await memory())
  }
  return least
}

/** One hostile input of each kind. */
async function warm(seed: number): Promise<void> {
  const { host } = new URL(server.url)
  for (const kind of Object.keys(hostileOperations)) await operate(kind, seed)
  const requests = Object.values(hostileRequests).map((make) => adversary.request(make(new Dice(seed), host)))
  const frames = Object.values(hostileFrames).map((make) => adversary.speak(make(new Dice(seed))))
  await Promise.all([...requests, ...frames])
}

/** Asks as anybody would, all the while. */
async function watch(): Promise<void> {
  while (!isOver) {
    const started = performance.now()
    const { errors } = await server.query('{ lab { version } }')
    if (errors) throw new Error(`expected an answer, got ${JSON.stringify(errors)}`)
    waits.push(performance.now() - started)
    await sleep(100)
  }
}

async function operate(kind: string, seed: number): Promise<{ readonly status: number; readonly text: string }> {
  const body = hostileOperations[kind]?.(new Dice(seed), schema) ?? ''
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body,
  })
  return { status: response.status, text: await response.text() }
}

/** A seed of its own for each, from which alone it can be made again. */
const seedOf = (place: number, round: number) => SEED + 1000 * place + round

/** Some rounds side by side: the server sees several such clients, too. */
async function eachRound(attack: (round: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < ROUNDS; first += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, ROUNDS - first) }, (_, index) => attack(first + index)))
  }
}

function kindsOf(hostile: object): (readonly [string, number])[] {
  return Object.keys(hostile).map((kind, place) => [kind, place])
}

function expectNoInside(text: string, what: string): void {
  expect(text, what).not.toMatch(/node_modules|\/dist\/|at .*\.js:\d|PrismaClient|SQLITE_|INTERNAL_SERVER_ERROR/)
  expect(text, what).not.toContain(folder.path)
}

const kinds = [hostileOperations, hostileRequests, hostileFrames].reduce((sum, hostile) => sum + Object.keys(hostile).length, 0)
const inputs = kinds * ROUNDS

describe(`hostile clients, ${inputs} inputs, seed ${SEED}`, () => {
  it('send as many inputs as are promised', () => expect(inputs).toBeGreaterThanOrEqual(ROUNDS < 3 ? kinds : 260))

  it.each(kindsOf(hostileOperations))('operations are answered with data or with errors that have codes: %s', async (kind, place) => {
    for (let round = 0; round < ROUNDS; round++) {
      const seed = seedOf(place, round)
      const { status, text } = await operate(kind, seed)
      const what = `${kind}, HOURGLASS_FUZZ_SEED=${seed}: ${status} ${text.slice(0, 500)}`
      expect(status, what).toBeLessThan(500)
      expectNoInside(text, what)
      const { data, errors } = JSON.parse(text)
      if (data === undefined || data === null) expect(errors?.length, what).toBeGreaterThan(0)
      for (const { message, extensions } of errors ?? []) {
        expect(message, what).toBeTruthy()
        expect(extensions?.code, what).toMatch(/^[A-Z_]+$/)
      }
    }
  })

  it.each(kindsOf(hostileRequests))('requests are answered with a status, or their connection is ended: %s', async (kind, place) => {
    await eachRound(async (round) => {
      const seed = seedOf(100 + place, round)
      const hostile = hostileRequests[kind]?.(new Dice(seed), new URL(server.url).host)
      if (!hostile) throw new Error(`there is no kind ${kind}`)
      const answer = await adversary.request(hostile)
      const what = `${kind}, HOURGLASS_FUZZ_SEED=${seed}: ${answer.text.slice(0, 500)}`
      if (!hostile.isUnfinished && hostile.after !== 'reset') expect(answer.text.length > 0 || answer.isClosed, what).toBe(true)
      for (const [, status] of answer.text.matchAll(/(?:^|\r\n)HTTP\/1\.1 (\d+)/g)) expect(Number(status), what).toBeLessThan(500)
      expectNoInside(answer.text, what)
    })
  })

  it.each(kindsOf(hostileFrames))('sockets are answered, or closed with a code: %s', async (kind, place) => {
    await eachRound(async (round) => {
      const seed = seedOf(200 + place, round)
      const hostile = hostileFrames[kind]?.(new Dice(seed))
      if (!hostile) throw new Error(`there is no kind ${kind}`)
      const answer: Answer = await adversary.speak(hostile)
      const what = `${kind}, HOURGLASS_FUZZ_SEED=${seed}: ${answer.text.slice(0, 500)}`
      if (!hostile.isUnfinished && hostile.after !== 'reset') expect(answer.text.length > 0 || answer.isClosed, what).toBe(true)
      expectNoInside(answer.text, what)
    })
  })

  it('leave the server up, quick for others, whole, and as small as before', async () => {
    expect(server.process.exitCode).toBeNull()
    expect(server.stderr).toBe('')
    const failures = server.logLines.filter(({ msg, level }) => msg === 'internal error' || Number(level) >= 60)
    expect(failures).toEqual([])
    // Anything slower is somebody who was kept waiting for a hostile client, not a busy machine.
    expect(Math.max(...waits)).toBeLessThan(10_000)
    expect(waits.length).toBeGreaterThan(3)
    const { runs, lab } = await server.data<{ runs: { totalCount: number }; lab: { queued: number } }>(
      '{ runs { totalCount } lab { queued } }',
    )
    expect([runs.totalCount, lab.queued]).toEqual([1, 0])
    const database = new SqliteDatabase(join(folder.path, 'hourglass.db'), { readonly: true })
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    database.close()
    const after = await leastMemory()
    const what = `${Math.round(before / 1e6)} MB before, ${Math.round(after / 1e6)} MB after`
    expect(after / before, what).toBeLessThan(MOST_GROWTH)
    expect(after, what).toBeLessThan(MOST_BYTES)
  })
})
