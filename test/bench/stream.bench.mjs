import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { ApiServer } from '../fixtures/ApiServer.mjs'
import { root } from '../harness/lab.mjs'
import { readOperation } from './readOperation.mjs'
import { percentile } from './statistics.mjs'
import { processUsage } from './stream/processUsage.mjs'

const PROCESSES = 2
const INTERVAL_MILLISECONDS = 100
const EVENTS = Number(process.env.HOURGLASS_BENCH_EVENTS ?? 300)
const WARMUP = 30
const LAUNCH = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const RENAME = 'mutation ($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { id } }'

/**
 * Has so many dashboards follow one run of which something is stored ten times a second, the server on one core (where taskset is there to see to that), and
 * gives the milliseconds from each event's storing to its arrival at each of them, and the processor time of the server. HOURGLASS_BENCH_SUBSCRIBERS says how many.
 */
export async function measure() {
  const subscribers = Number(process.env.HOURGLASS_BENCH_SUBSCRIBERS ?? 1000)
  const data = mkdtempSync(join(tmpdir(), 'hourglass-stream-'))
  const main = join(root, 'apps/server/bundle/main.js')
  const environment = { HOURGLASS_CLIENT_LIMITS: '1000' }
  const server = await ApiServer.start({ main, data, environment, core: process.platform === 'linux' ? 0 : undefined })
  try {
    const few = await follow(server, data, 1)
    const many = await follow(server, data, subscribers)
    const of = `${subscribers} subscribers at ${1000 / INTERVAL_MILLISECONDS} events a second`
    return [
      row(`event stored to received, ${of}, median`, percentile(many.delays, 0.5), 'ms', 25),
      row(`event stored to received, ${of}, p99`, percentile(many.delays, 0.99), 'ms', 50),
      row(`event stored to received, one subscriber, median`, percentile(few.delays, 0.5), 'ms', 25),
      row(`server’s processor time of an event, ${of}`, many.processor, 'ms', 50),
      row(`the same with one subscriber`, few.processor, 'ms', 20),
      row(`server’s memory with ${subscribers} subscribers`, many.megabytes, 'MB', 300),
    ]
  } finally {
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

const row = (figure, value, unit, limit) => ({ figure, value, unit, target: `under ${limit}`, met: value < limit })

async function follow(server, data, subscribers) {
  const config = { data: { trainCount: 100, testCount: 50 }, training: { epochs: 1 } }
  const { launchRun } = await server.data(LAUNCH, { input: { name: `Followed by ${subscribers}`, config } })
  await server.untilRun(launchRun.id, 'its end', ({ status }) => status === 'COMPLETED')
  const query = readOperation(join(root, 'apps/web/src'), 'RunEvents')
  const processes = await Promise.all(
    shares(subscribers).map(async (sockets) => {
      const child = fork(fileURLToPath(new URL('stream/followRun.mjs', import.meta.url)))
      child.send({ url: `${server.url.replace('http', 'ws')}/graphql`, query, runId: launchRun.id, sockets })
      await once(child, 'message')
      return child
    }),
  )
  const rename = (event) => server.data(RENAME, { id: launchRun.id, name: `Event ${event}` })
  for (let event = 0; event < WARMUP; event++) await Promise.all([rename(event), sleep(INTERVAL_MILLISECONDS)])
  const started = await seqNow(data)
  const before = processUsage(server.pid)
  const start = performance.now()
  const renaming = []
  for (let event = 0; event < EVENTS; event++) {
    await sleep(start + event * INTERVAL_MILLISECONDS - performance.now())
    // The next one is due whether this one is answered or not.
    renaming.push(rename(event))
  }
  await Promise.all(renaming)
  const after = processUsage(server.pid)
  const times = storedAt(data, started)
  await sleep(2000)
  const received = await Promise.all(
    processes.map(async (child) => {
      const answer = once(child, 'message')
      child.send('end')
      return (await answer)[0]
    }),
  )
  return {
    delays: received.flat().flatMap((events) => delaysOf(events, times)),
    processor: (after.milliseconds - before.milliseconds) / times.size,
    megabytes: after.megabytes,
  }
}

function shares(subscribers) {
  const count = Math.min(PROCESSES, subscribers)
  return Array.from({ length: count }, (_, index) => Math.floor((subscribers + index) / count))
}

/** Gives the delay of each event that was stored; one that did not come, came twice or out of order ends the benchmark. */
function delaysOf(events, times) {
  const measured = events.filter(([seq]) => times.has(seq))
  const seqs = measured.map(([seq]) => seq)
  if (JSON.stringify(seqs) !== JSON.stringify([...times.keys()])) {
    throw new Error(`expected ${times.size} events once and in order, got ${seqs.length}: ${seqs.slice(0, 20)} …`)
  }
  return measured.map(([seq, received]) => received - times.get(seq))
}

function seqNow(data) {
  return readDatabase(data, (database) => database.prepare('SELECT MAX(seq) AS seq FROM LabEvent').get().seq)
}

/** Reads when each event behind a place was stored. */
function storedAt(data, after) {
  const rows = readDatabase(data, (database) =>
    database.prepare(`SELECT seq, at FROM LabEvent WHERE seq > ? AND kind = 'RENAMED' ORDER BY seq`).all(after),
  )
  return new Map(rows.map(({ seq, at }) => [seq, at]))
}

function readDatabase(data, read) {
  const database = new SqliteDatabase(join(data, 'hourglass.db'), { readonly: true })
  try {
    return read(database)
  } finally {
    database.close()
  }
}
