import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { ApiServer } from '../fixtures/ApiServer.mjs'
import { root } from '../harness/lab.mjs'
import { percentile } from './statistics.mjs'

const EVENTS = Number(process.env.HOURGLASS_BENCH_ROWS ?? 300_000)
const PAUSE = 10
const config = {
  data: { dataset: 'two-moons', trainCount: 100, testCount: 50 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [4], outputActivation: 'LINEAR' } },
  training: { epochs: 2, batchSize: 50 },
}

/** Measures how long others wait for a small answer while a run with 300,000 events is packed, and while it is taken in. HOURGLASS_BENCH_ROWS sets how many. */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-archives-'))
  const [from, to] = [join(folder, 'from'), join(folder, 'to')]
  const main = join(root, 'apps/server/bundle/main.js')
  const archive = join(folder, 'archive.tar')
  try {
    const first = await ApiServer.start({ main, data: from })
    let id
    try {
      id = await trainRun(first)
      addEvents(from)
      const packing = await timeOthers(first, () => curl(['-sf', '-o', archive, `${first.url}/archives/runs/${id}.tar`]))
      const second = await ApiServer.start({ main, data: to })
      try {
        const taking = await timeOthers(second, () =>
          curl([
            '-sf',
            '-o',
            '/dev/null',
            '-H',
            'Content-Type: application/x-tar',
            '--data-binary',
            `@${archive}`,
            `${second.url}/archives`,
          ]),
        )
        const { runs } = await second.data('{ runs { totalCount } }')
        if (runs.totalCount !== 1) throw new Error(`expected the run in the second lab, got ${runs.totalCount} runs`)
        return [...rows('packed', packing), ...rows('taken in', taking)]
      } finally {
        await second.stop()
      }
    } finally {
      await first.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rows(what, { seconds, waits }) {
  const [p99, longest] = [percentile(waits, 0.99), Math.max(...waits)]
  return [
    { figure: `${EVENTS.toLocaleString('en')} events ${what}`, value: seconds, unit: 's' },
    { figure: `a small query meanwhile, p99 (${what})`, value: p99, unit: 'ms', target: 'under 50', met: p99 < 50 },
    { figure: `a small query meanwhile, longest (${what})`, value: longest, unit: 'ms', target: 'under 100', met: longest < 100 },
  ]
}

async function trainRun(server) {
  const launch = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
  const { id } = (await server.data(launch, { input: { config } })).launchRun
  await server.untilRun(id, 'its end', ({ status }) => status === 'COMPLETED')
  return id
}

function addEvents(folder) {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'))
  database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS})
    INSERT INTO LabEvent (kind, at, payload, runNumber)
    SELECT 'RENAMED', 1767323045000, json_object('name', printf('%.*c', 120, 'x') || i), (SELECT number FROM Run) FROM n`)
  database.close()
}

async function curl(args) {
  const child = spawn('curl', args, { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`expected curl to end with 0, got ${code}`)
}

/** Asks for something small again and again while something large is done. */
async function timeOthers(server, work) {
  // What is compiled at the first call is no matter of archives.
  for (let call = 0; call < 30; call++) await server.data('{ lab { queued } }')
  const waits = []
  let isOver = false
  const started = performance.now()
  const working = work().finally(() => {
    isOver = true
  })
  while (!isOver) {
    const asked = performance.now()
    await server.data('{ lab { queued } }')
    waits.push(performance.now() - asked)
    await sleep(PAUSE)
  }
  await working
  return { seconds: (performance.now() - started) / 1000, waits }
}
