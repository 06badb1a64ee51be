import { type CountedWork, mapStages, progressOfRuns, type RunState } from '@hourglass/autoencoders/training'
import { LRUCache } from 'lru-cache'
import type { Run } from '../generated/prisma/client.js'
import type { RunEstimator } from '../machine/RunEstimator.js'
import type { RunQueue } from '../runs/queue/RunQueue.js'
import { readConfig } from '../runs/readConfig.js'

/** How far an experiment's runs are together. */
export interface ExperimentProgress {
  readonly epochs: number
  readonly epochsCompleted: number
  /** From 0 to 1. */
  readonly fraction: number
  /** Until no run is active; null while nothing is known that tells, 0 when none is active. */
  readonly secondsLeft: number | null
}

export interface ExperimentProgressReaderOptions {
  readonly estimator: RunEstimator
  readonly queue: Pick<RunQueue, 'stageOf'>
  /** Runs that train at the same time. */
  readonly slots: number
}

interface Shown {
  /** Names what the fraction is of: another set of runs, or work that is lost, begins anew. */
  readonly work: string
  readonly fraction: number
}

const MOST_EXPERIMENTS = 1_000
const statuses = { QUEUED: 'queued', RUNNING: 'running', COMPLETED: 'completed', STOPPED: 'ended', FAILED: 'ended' } as const
const unknown = mapStages(() => null)
/** Weighs runs whose configuration this version cannot read by their epochs. */
const unreadable: CountedWork = { starting: 0, pretraining: 0, firstEpoch: 1, epoch: 1, steps: 1, measuring: 0 }

/** Tells how far experiments are, and remembers what it told: a fraction falls only where work is lost. */
export class ExperimentProgressReader {
  readonly #options: ExperimentProgressReaderOptions
  readonly #shown = new LRUCache<string, Shown>({ max: MOST_EXPERIMENTS })

  constructor(options: ExperimentProgressReaderOptions) {
    this.#options = options
  }

  async read(experimentId: string, runs: readonly Run[]): Promise<ExperimentProgress> {
    const states = await this.#statesOf(runs)
    const work = runs.map(workOf).join(' ')
    const shown = this.#shown.get(experimentId)
    const atLeast = shown?.work === work ? shown.fraction : 0
    const { fraction, secondsLeft } = progressOfRuns(states, { slots: this.#options.slots, atLeast })
    this.#shown.set(experimentId, { work, fraction })
    return {
      epochs: sum(states.map(({ epochs }) => epochs)),
      epochsCompleted: sum(runs.map((run) => run.epochsCompleted)),
      fraction,
      secondsLeft,
    }
  }

  async #statesOf(runs: readonly Run[]): Promise<RunState[]> {
    const { estimator, queue } = this.#options
    const readable = runs.map((run) => {
      const read = readConfig(run)
      return { run, config: 'value' in read ? read.value : null }
    })
    const active = readable.flatMap(({ run: { id, status, host }, config }) =>
      config && (status === 'QUEUED' || status === 'RUNNING') ? [{ id, config, host: status === 'RUNNING' ? host : null }] : [],
    )
    const stages = await estimator.stages(active)
    const estimates = new Map(active.map(({ id }, index) => [id, stages[index]]))
    return readable.map(({ run: { id, status, epochs, epochsCompleted }, config }) => ({
      status: statuses[status],
      epochs: epochs ?? epochsCompleted,
      epochsCompleted,
      work: config ? estimator.work(config) : unreadable,
      estimate: estimates.get(id) ?? unknown,
      live: queue.stageOf(id),
    }))
  }
}

/** Changes where a run loses the work of its worker, or is given to another one. */
function workOf({ id, attempt, status }: Run): string {
  return `${id} ${Math.max(1, attempt)} ${statuses[status] === 'ended'}`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
