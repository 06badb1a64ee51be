import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { ApiServer } from '../fixtures/ApiServer.mjs'
import { root } from '../harness/lab.mjs'
import { readOperation } from './readOperation.mjs'
import { percentile } from './statistics.mjs'
import { processUsage } from './stream/processUsage.mjs'

/** Parts of the day, each like the others: what grows from one to the next would go on growing. */
const PARTS = 4
const SETTLE_MILLISECONDS = 5_000
const LAUNCH = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const DELETE = 'mutation ($ids: [ID!]!) { purgeRuns(runs: { ids: $ids }) { count } }'
const STOP = 'mutation ($id: ID!) { stopRun(id: $id) { id } }'
const COUNTS = '{ lab { queued running } }'
const EVENTS = 'subscription { runsChanged { seq } }'
const tiny = {
  data: { dataset: 'two-moons', trainCount: 100, testCount: 50 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [4], outputActivation: 'LINEAR' } },
  training: { epochs: 2, batchSize: 50 },
}

/**
 * Lives a day of a lab in some minutes: 200 runs trained to their end, 2,000 queued that are stopped or deleted, clients that come and go, pages that are looked
 * at. Tells whether memory, handles and disk are in the end what they were after its first quarter. HOURGLASS_BENCH_DAYS=0.1 lives a tenth of it.
 */
export async function measure() {
  const started = performance.now()
  const { usage, waits } = await liveDay({ days: Number(process.env.HOURGLASS_BENCH_DAYS ?? 1) })
  const [first, last] = [usage[0], usage.at(-1)]
  return [
    row('memory after the day, of that after its first quarter', last.megabytes / first.megabytes, 'times', 1.2),
    row('what is not garbage after the day, of that after its first quarter', last.heap / first.heap, 'times', 1.15),
    row('memory after the day', last.megabytes, 'MB', 400),
    row('more open handles after the day than after its first quarter', last.handles - first.handles, 'handles', 10),
    row('disk after the day, of that after its first quarter', last.disk / first.disk, 'times', 1.2),
    row('a page of runs meanwhile, p95', percentile(waits, 0.95), 'ms', 250),
    row('the day', (performance.now() - started) / 1000, 's', 600),
  ]
}

/** Lives so many days in parts; gives what the API uses after each, how long pages took, and what is left of runs in the end. */
export async function liveDay({ days, parts = PARTS, settle = SETTLE_MILLISECONDS }) {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-day-'))
  const told = mkdtempSync(join(tmpdir(), 'hourglass-heap-'))
  const heapFile = join(told, 'bytes')
  const environment = {
    HOURGLASS_CLIENT_LIMITS: '1000',
    HOURGLASS_MAX_RUNS: '2',
    HOURGLASS_TEST_HEAP: heapFile,
    NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'test/harness/tellHeap.mjs')).href}`,
  }
  const server = await ApiServer.start({ main: join(root, 'apps/server/bundle/main.js'), data, environment })
  const usage = []
  const waits = []
  try {
    for (let part = 0; part < parts; part++) {
      await trainRuns(server, Math.ceil((200 * days) / parts))
      await queueRuns(server, Math.ceil((2000 * days) / parts))
      await comeAndGo(server, Math.ceil((400 * days) / parts))
      waits.push(...(await lookAround(server, Math.ceil((400 * days) / parts))))
      await sleep(settle)
      const heap = (await readHeap(server.pid, heapFile)) / 1e6
      usage.push({ ...processUsage(server.pid), heap, handles: readdirSync(`/proc/${server.pid}/fd`).length, disk: bytesBelow(data) / 1e6 })
    }
    const left = ['runs', 'trash'].flatMap((folder) => readdirSync(join(data, folder)))
    return { usage, waits, left }
  } finally {
    await server.stop()
    for (const folder of [data, told]) rmSync(folder, { recursive: true, force: true })
  }
}

/** What the heap and the buffers of the API hold once garbage is collected, in bytes. */
async function readHeap(pid, file) {
  rmSync(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  while (!existsSync(file)) await sleep(20)
  return Number(readFileSync(file, 'utf8'))
}

const row = (figure, value, unit, limit) => ({ figure, value, unit, target: `under ${limit}`, met: value < limit })

async function launch(server, count, config) {
  const ids = []
  for (let run = 0; run < count; run++) ids.push((await server.data(LAUNCH, { input: { name: `Run ${run}`, config } })).launchRun.id)
  return ids
}

async function trainRuns(server, count) {
  const ids = await launch(server, count, tiny)
  await untilIdle(server)
  await server.data(DELETE, { ids })
}

/** Half of them are stopped before all are deleted; the two that train meanwhile are ended with them. */
async function queueRuns(server, count) {
  const ids = await launch(server, count, { ...tiny, training: { epochs: 10_000, batchSize: 1 } })
  for (const id of ids.slice(count / 2)) await server.data(STOP, { id })
  for (let first = 0; first < ids.length; first += 100) await server.data(DELETE, { ids: ids.slice(first, first + 100) })
  await untilIdle(server)
}

async function comeAndGo(server, times) {
  for (let time = 0; time < times; time++) {
    const [id] = await launch(server, 1, { ...tiny, training: { epochs: 1 } })
    await server.collect(EVENTS, {}, (items) => items.length > 0)
    await server.data(DELETE, { ids: [id] })
  }
}

async function lookAround(server, times) {
  const query = readOperation(join(root, 'apps/web/src'), 'Runs')
  const waits = []
  for (let time = 0; time < times; time++) {
    const started = performance.now()
    await server.data(query, { first: 40 })
    waits.push(performance.now() - started)
  }
  return waits
}

async function untilIdle(server) {
  for (;;) {
    const { lab } = await server.data(COUNTS)
    if (lab.queued + lab.running === 0) return
    await sleep(100)
  }
}

function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
