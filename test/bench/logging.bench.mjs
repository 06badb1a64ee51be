import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { completeRunConfig } from '@hourglass/autoencoders'
import { createContext } from '../../apps/server/dist/api/graphql/Context.js'
import { schema } from '../../apps/server/dist/api/graphql/schema.js'
import { Database } from '../../apps/server/dist/database/Database.js'
import { migrate } from '../../apps/server/dist/database/migrate.js'
import { openDataFolder } from '../../apps/server/dist/database/openDataFolder.js'
import { ExperimentRecorder } from '../../apps/server/dist/experiments/ExperimentRecorder.js'
import { RunReader } from '../../apps/server/dist/runs/RunReader.js'
import { RunRecorder } from '../../apps/server/dist/runs/RunRecorder.js'
import { RunSignals } from '../../apps/server/dist/runs/RunSignals.js'
import { CurveCache } from '../../apps/server/dist/runs/series/CurveCache.js'
import { percentile } from './statistics.mjs'

const { graphql } = createRequire(import.meta.url)('graphql')
const SECONDS = 20
const POINTS_PER_SECOND = 500
/** Values of each point: 2,000 a second in all. */
const NAMES = ['loss', 'gradientNorm', 'learningRate', 'throughput']
const READ = `query ($id: ID!) {
  run(id: $id) { id name status series(axis: STEP, maxPoints: 500) { columns { name } } }
  runs(first: 40) { totalCount nodes { id name status summary { epochs epochsCompleted validationLoss } } }
}`

/**
 * @typedef {import('../../apps/server/dist/Lab.js').Lab} Lab
 * @typedef {'database' | 'recorder' | 'experimentRecorder' | 'curves' | 'runs'} Read
 * @typedef {Pick<Lab, Read> & { queue: Pick<Lab['queue'], 'progressOf'> }} ReadLab what of a lab reading asks for
 */

/** Logs 2,000 values a second of a run and measures how long those who read its series and the table of runs wait meanwhile, and when nothing is logged. */
export async function measure() {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-logging-'))
  const folder = await openDataFolder(data)
  await migrate(folder)
  const database = new Database(folder.databasePath)
  try {
    const signals = new RunSignals()
    const recorder = new RunRecorder({ database, signals, removeFiles: async () => {} })
    /** @type {ReadLab} */
    const lab = {
      database,
      recorder,
      experimentRecorder: new ExperimentRecorder(recorder, signals),
      curves: new CurveCache(database.read),
      queue: { progressOf: () => undefined },
      runs: new RunReader(database),
    }
    const config = completeRunConfig({})
    const counts = { trainCount: 10, validationCount: 5, testCount: 10 }
    const { id } = await recorder.launch({ name: 'Logs', config, ...counts, selection: 'random', client: '' })
    const run = await recorder.changeStatus(id, { from: ['QUEUED'], to: 'RUNNING', data: { attempt: 1 } })
    const quiet = await readFor(lab, id, SECONDS / 4)
    const logging = logFor(recorder, { runId: id, number: run.attempt }, SECONDS)
    const busy = await readFor(lab, id, SECONDS)
    const logged = await logging
    return [
      row(`values logged in a second, over ${SECONDS} s`, logged / SECONDS, 'values', 1990, true),
      row('a reader’s wait meanwhile, p95', percentile(busy, 0.95), 'ms', 50),
      row('a reader’s wait meanwhile, median', percentile(busy, 0.5), 'ms', 50),
      row('the same while nothing is logged, p95', percentile(quiet, 0.95), 'ms', 50),
    ]
  } finally {
    await database.close()
    folder.release()
    rmSync(data, { recursive: true, force: true })
  }
}

const row = (figure, value, unit, limit, isLeast = false) => ({
  figure,
  value,
  unit,
  target: `${isLeast ? 'over' : 'under'} ${limit}`,
  met: isLeast ? value > limit : value < limit,
})

/**
 * Logs as a run does, ten times a second, and gives how many values are stored.
 * @param {RunRecorder} recorder
 * @param {Parameters<RunRecorder['report']>[0]} attempt
 * @param {number} seconds
 */
async function logFor(recorder, attempt, seconds) {
  const storing = []
  const start = performance.now()
  let at = 0
  for (let tick = 0; tick < seconds * 10; tick++) {
    await sleep(start + tick * 100 - performance.now())
    const points = Array.from({ length: POINTS_PER_SECOND / 10 }, () => ({
      at: ++at,
      values: Object.fromEntries(NAMES.map((name) => [name, Math.random()])),
    }))
    storing.push(recorder.report(attempt, { type: 'logged', axis: 'step', points }))
  }
  await Promise.all(storing)
  return at * NAMES.length
}

/** @param {ReadLab} lab @param {string} id @param {number} seconds */
async function readFor(lab, id, seconds) {
  const waits = []
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const started = performance.now()
    const contextValue = createContext(/** @type {Lab} */ (lab))
    const { errors } = await graphql({ schema, source: READ, variableValues: { id }, contextValue })
    if (errors) throw errors[0]
    waits.push(performance.now() - started)
    await sleep(20)
  }
  return waits
}
