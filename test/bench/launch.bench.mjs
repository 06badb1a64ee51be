import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiServer } from '../fixtures/ApiServer.mjs'
import { root } from '../harness/lab.mjs'
import { median } from './statistics.mjs'

const ROUNDS = 5
const LAUNCH = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const DELETE = 'mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }'
const EVENTS = 'subscription ($id: ID!) { runEvents(runId: $id) { ... on TrainingStarted { at } ... on Progress { stage step } } }'

/** Each run that is launched, by what it learns from. A step of the first ones is so short that progress tells of it with a delay of its own. */
const configs = {
  'points, 200 examples': {
    data: { dataset: 'two-moons', trainCount: 200, testCount: 50 },
    architecture: { dense: { latentDimension: 1, hiddenWidths: [16], outputActivation: 'LINEAR' } },
    training: { epochs: 10_000, batchSize: 20 },
  },
  'MNIST, 60,000 images': { training: { epochs: 100, batchSize: 128 } },
}

/** Measures how long it takes from launching a run in an idle lab to its first step, as a follower hears of it. */
export async function measure() {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-launch-'))
  const server = await ApiServer.start({ main: join(root, 'apps/server/bundle/main.js'), data })
  try {
    const rows = []
    for (const [what, config] of Object.entries(configs)) {
      const seconds = []
      for (let round = 0; round < ROUNDS; round++) seconds.push(await secondsToFirstStep(server, config))
      const value = median(seconds)
      rows.push({ figure: `launch to first step, ${what}, median of ${ROUNDS}`, value, unit: 's', target: 'under 1.5', met: value < 1.5 })
    }
    return rows
  } finally {
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

async function secondsToFirstStep(server, config) {
  const started = performance.now()
  const { launchRun } = await server.data(LAUNCH, { input: { name: 'Launched', config } })
  const { id } = launchRun
  await server.collect(EVENTS, { id }, (items) => items.some(({ step }) => step > 0))
  const seconds = (performance.now() - started) / 1000
  await server.data(DELETE, { ids: [id] })
  return seconds
}
