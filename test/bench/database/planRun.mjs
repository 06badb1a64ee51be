import { createHash } from 'node:crypto'
import { planEpochs } from './planEpochs.mjs'
import { planFiles } from './planFiles.mjs'

const STARTING_SECONDS = 1.5
const SAMPLE_LABELS = Array.from({ length: 16 }, (_, place) => place % 10)

/**
 * @template {import('@hourglass/protocol').RunReport['type']} Type
 * @typedef {import('@hourglass/protocol').RunReportOf<Type>} Report
 */

/**
 * Lays out what a worker would report of a planned run, with the times of its life.
 * @returns {{ id: string, createdAt: Date, startedAt: Date, finishedAt: Date, timed: Report<'timed'>, started: Report<'started'>, epochs: Report<'epoch'>[] }}
 */
export function planReports(plan, seed) {
  const startedAt = plan.launchedAt + 2000
  const epochs = planEpochs(plan, seed)
  const files = planFiles(plan)
  let finished = startedAt + 1000 * STARTING_SECONDS
  /** @type {Report<'epoch'>[]} */
  const reports = epochs.map((values, place) => {
    finished += 1000 * values.seconds
    const finishedAt = new Date(finished).toISOString()
    return { type: 'epoch', epoch: place + 1, finishedAt, values, artifacts: files.ofEpoch(place + 1) }
  })
  const { engine } = plan.config.training
  return {
    id: seededId(seed, `run ${plan.index}`),
    createdAt: new Date(plan.launchedAt),
    startedAt: new Date(startedAt),
    finishedAt: new Date(finished + 500),
    timed: { type: 'timed', stage: 'starting', seconds: STARTING_SECONDS },
    started: {
      type: 'started',
      host: 'benchmark',
      engine,
      runtime: engine === 'onnx' ? 'node' : null,
      parameterCount: plan.parameterCount,
      dataset: null,
      sampleLabels: SAMPLE_LABELS,
      artifacts: files.atStart,
    },
    epochs: reports,
  }
}

/** Makes an id as the server's are, of a seed and a name. */
export function seededId(seed, name) {
  const letters = '23456789abcdefghijkmnpqrstuvwxyz'
  const digest = createHash('sha256').update(`${seed}/${name}`).digest()
  return Array.from(digest.subarray(0, 12), (byte) => letters[byte % letters.length]).join('')
}
