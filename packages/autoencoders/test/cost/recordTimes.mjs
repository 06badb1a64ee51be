/**
 * Records how long the experiments of recordedTimes.json take, on a machine that does nothing else: `node packages/autoencoders/test/cost/recordTimes.mjs [experiment …]`.
 * Each trains in a lab of its own folder, as a user's first one would, whose history says when each stage began and ended.
 */
import { fork } from 'node:child_process'
import { on } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { completeRunConfig, describeSchema, runConfigSchema, toWire } from '@hourglass/autoencoders'
import SqliteDatabase from 'better-sqlite3'
import { ApiServer } from '../../../../test/fixtures/ApiServer.mjs'

const file = new URL('recordedTimes.json', import.meta.url)
const main = fileURLToPath(new URL('../../../../apps/server/bundle/main.js', import.meta.url))
const task = fileURLToPath(new URL('../../../../apps/worker/bundle/task.js', import.meta.url))
const environment = { HOURGLASS_ANALYSIS: '1', HOURGLASS_THREADS: String(availableParallelism()) }
const LAUNCH = 'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'
const PROGRESS = 'query ($id: ID!) { experiment(id: $id) { statusCounts { queued running completed } } }'
const PACES = 5
const EVERY = 200
/** From when a run is given away until its process counts, in seconds. */
const SPAWNED = 0.1

/** @typedef {{ number: number, config: number, launchedAt: number }} Row */
/** @typedef {{ kind: string, payload: any, at: number }} Event */

const { experiments } = JSON.parse(readFileSync(file, 'utf8'))
const pace = await measurePace()
const wanted = process.argv.slice(2)
const recorded = []
for (const experiment of experiments) {
  const isWanted = wanted.length === 0 || wanted.includes(experiment.name)
  recorded.push(isWanted ? await record(experiment) : experiment)
  process.stdout.write(`${experiment.name}: ${recorded.at(-1)?.seconds} s\n`)
}
writeFileSync(file, `${JSON.stringify({ pace, experiments: recorded }, null, 1)}\n`)

/** The median of what the lab measures of this machine before it trains anything. */
async function measurePace() {
  const paces = []
  for (let time = 0; time < PACES; time++) {
    const worker = fork(task, ['rate', tmpdir()], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    worker.send({ threads: availableParallelism() })
    for await (const [report] of on(worker, 'message', { close: ['exit'] })) if (report.type === 'measured') paces.push(report.pace)
  }
  return paces.sort((one, other) => one - other)[Math.floor(PACES / 2)]
}

/** @param {{ name: string, configs: readonly any[], runs: readonly { config: number }[] }} experiment */
function record({ name, configs, runs }) {
  return inNewLab(async (server, data) => {
    const before = loadavg()[0]
    const launched = Date.now()
    const input = {
      name,
      runs: runs.map(({ config }, place) => ({ label: String(place), config: wireOf(configs[config]) })),
    }
    const { launchExperiment } = await server.data(LAUNCH, { input })
    for (;;) {
      const { experiment } = await server.data(PROGRESS, { id: launchExperiment.id })
      if (experiment.statusCounts.completed === runs.length) break
      await sleep(EVERY)
    }
    const moments = runs.map(({ config }, place) => ({ config, ...momentsOf(eventsOf(data, place + 1), launched) }))
    return {
      name,
      load: [before, loadavg()[0]].map((load) => Number((load ?? 0).toFixed(2))),
      seconds: Math.max(...moments.map(({ endedAt }) => endedAt)),
      configs,
      runs: moments,
    }
  })
}

/** As it was recorded first: of examples of which none are held out. @param {any} config */
function wireOf(config) {
  const { data } = config
  return toWire(
    describeSchema(runConfigSchema),
    completeRunConfig({ ...config, data: { ...data, validationCount: 0, selection: 'first' } }),
  )
}

/** @param {string} data @param {number} run @returns {Event[]} */
function eventsOf(data, run) {
  const database = new SqliteDatabase(join(data, 'hourglass.db'), { readonly: true })
  const rows = /** @type {{ kind: string, payload: string, at: string | number }[]} */ (
    database.prepare('SELECT kind, payload, at FROM LabEvent WHERE runNumber = ? ORDER BY seq').all(run)
  )
  database.close()
  return rows.map(({ kind, payload, at }) => ({ kind, payload: JSON.parse(payload), at: new Date(at).getTime() }))
}

/** @param {readonly Event[]} events @param {number} launched */
function momentsOf(events, launched) {
  const seconds = (/** @type {number} */ at) => Number(((at - launched) / 1000).toFixed(2))
  const find = (/** @type {(event: Event) => boolean} */ is) => {
    const found = events.find(is)
    if (!found) throw new Error(`expected another event among ${events.map(({ kind }) => kind).join(', ')}`)
    return found
  }
  const stage = (/** @type {string} */ name) => find(({ kind, payload }) => kind === 'STAGE_COMPLETED' && payload.stage === name)
  const epochs = events.filter(({ kind }) => kind === 'EPOCH_COMPLETED')
  const measuring = stage('measuring')
  const measuringAt = stage('training').at
  const starting = stage('starting')
  const startedAt = find(({ kind, payload }) => kind === 'STATUS_CHANGED' && payload.status === 'RUNNING').at
  return {
    startedAt: seconds(startedAt),
    startingAt: seconds(starting.at),
    sharedStartingSeconds: Number(Math.max(0, (starting.at - startedAt) / 1000 - starting.payload.seconds - SPAWNED).toFixed(2)),
    trainingAt: seconds(find(({ kind }) => kind === 'TRAINING_STARTED').at),
    epochsAt: epochs.map(({ at }) => seconds(at)),
    measuringAt: seconds(measuringAt),
    // What it computed for all runs of the same examples is no part of what it took.
    sharedSeconds: Number(Math.max(0, (measuring.at - measuringAt) / 1000 - measuring.payload.seconds).toFixed(2)),
    endedAt: seconds(find(({ kind, payload }) => kind === 'STATUS_CHANGED' && payload.status === 'COMPLETED').at),
  }
}

/** @template Result @param {(server: ApiServer, data: string) => Promise<Result>} use @returns {Promise<Result>} */
async function inNewLab(use) {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-times-'))
  const server = await ApiServer.start({ main, data, environment })
  try {
    return await use(server, data)
  } finally {
    await server.stop()
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
  }
}
