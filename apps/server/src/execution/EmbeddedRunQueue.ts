import { setTimeout as sleep } from 'node:timers/promises'
import { componentsPath } from '../artifacts/componentsPath.js'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { artifactPath, runFiles } from '../artifacts/runFiles.js'
import type { Log } from '../log.js'
import { trainingWorkerPath } from '../projectPaths.js'
import type { RunProgress } from '../runs/RunProgress.js'
import type { RunSignals } from '../runs/RunSignals.js'
import { type Run, type RunStore, type StatusChange, statusWhenStopped } from '../runs/RunStore.js'
import { describeFailure } from '../worker/describeFailure.js'
import { type TrainingCommand, type TrainingReport, trainingReportSchema } from '../worker/messages.js'
import { decideOutcome, type Ending, type Intent } from './decideOutcome.js'
import { ForkedWorker } from './ForkedWorker.js'
import { Pump } from './Pump.js'
import type { RunQueue } from './RunQueue.js'

export interface EmbeddedRunQueueOptions {
  readonly store: RunStore
  readonly signals: RunSignals
  readonly folders: RunFolders
  readonly log: Log
  /** Runs that train at the same time. */
  readonly maxRuns: number
  /** Threads of each. */
  readonly threads: number
  /** Whether runs are measured after their last epoch. */
  readonly analysis: boolean
  /** Where principal components are kept. */
  readonly componentsFolder: string
  /** Called whenever a run has begun to train. */
  readonly onTraining?: (() => void) | undefined
}

interface ActiveRun {
  readonly worker: ForkedWorker<TrainingCommand, TrainingReport>
  /** Resolves when the run's last status is stored. */
  readonly finished: Promise<void>
  intent: Intent | undefined
  progress: RunProgress | undefined
  epochsLeft: number
  /** Whether nothing is left to measure. */
  isMeasured: boolean
}

/** How long a worker may take to stop before it is killed, in milliseconds: it finishes a step, or writes an epoch's files. */
const STOP_GRACE = 10_000
/** The same when the whole server stops. */
const CLOSE_GRACE = 2_500
/** Pause after the store refused to hand out a run, in milliseconds. */
const RETRY = 1_000
const TRAINING_NICENESS = 5

/** Runs each queued run in a process of its own on this machine, the oldest first. */
export class EmbeddedRunQueue implements RunQueue {
  readonly #options: EmbeddedRunQueueOptions
  readonly #active = new Map<string, ActiveRun>()
  readonly #discarded = new Set<string>()
  readonly #pump = new Pump(() => this.#fill())
  #isStarted = false
  #isClosing = false

  constructor(options: EmbeddedRunQueueOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { store, log, analysis } = this.#options
    for (const run of await store.withStatus('RUNNING')) {
      const { id, stopRequested, epochs, epochsCompleted, analyzedAt } = run
      const isDone = epochsCompleted >= epochs && (analyzedAt !== null || !analysis)
      const to = isDone || stopRequested ? statusWhenStopped(run) : 'QUEUED'
      await store.changeStatus(id, { from: ['RUNNING'], to, data: to === 'QUEUED' ? {} : { finishedAt: new Date() } })
      log.info({ runId: id, status: to }, 'interrupted run found')
    }
    this.#isStarted = true
    this.wake()
  }

  wake(): void {
    // Before the start, a run that this queue takes could not be told from one that a crash interrupted.
    if (this.#isStarted) this.#pump.run()
  }

  async stop(runId: string): Promise<void> {
    // It may be on its way from the queue to its worker.
    if (!this.#active.has(runId)) await this.#pump.idle()
    const active = this.#active.get(runId)
    if (!active || active.intent) return
    active.intent = 'stop'
    endWorker(active, STOP_GRACE)
  }

  async discard(runIds: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const id of runIds) this.#discarded.add(id)
    try {
      await this.#pump.idle()
      const ending = runIds.flatMap((id) => this.#active.get(id) ?? [])
      for (const active of ending) {
        active.intent = 'discard'
        active.worker.kill()
      }
      await Promise.all(ending.map(({ finished }) => finished))
      await work()
    } catch (error) {
      for (const id of runIds) await this.#options.store.changeStatus(id, { from: ['RUNNING'], to: 'QUEUED' }).catch(() => null)
      throw error
    } finally {
      for (const id of runIds) this.#discarded.delete(id)
      this.wake()
    }
  }

  isTraining(): boolean {
    return this.#active.size > 0
  }

  progressOf(runId: string): RunProgress | undefined {
    return this.#active.get(runId)?.progress
  }

  async close(): Promise<void> {
    this.#isClosing = true
    await this.#pump.close()
    const ending = [...this.#active.values()]
    for (const active of ending) {
      active.intent ??= 'close'
      endWorker(active, CLOSE_GRACE)
    }
    await Promise.all(ending.map(({ finished }) => finished))
  }

  async #fill(): Promise<void> {
    const { store, maxRuns, log } = this.#options
    try {
      while (this.#active.size < maxRuns && !this.#isClosing) {
        const run = await store.claimNext()
        if (!run) break
        if (!this.#discarded.has(run.id)) await this.#launch(run)
      }
    } catch (error) {
      log.error({ err: error }, 'queue cannot start runs')
      setTimeout(() => this.wake(), RETRY).unref()
    }
  }

  async #launch(run: Run): Promise<void> {
    const { folders, threads, analysis, componentsFolder, log } = this.#options
    let ending: Ending | undefined
    let worker: ForkedWorker<TrainingCommand, TrainingReport>
    try {
      const folder = await folders.create(run.id)
      worker = new ForkedWorker<TrainingCommand, TrainingReport>({
        path: trainingWorkerPath,
        reportSchema: trainingReportSchema,
        logPath: artifactPath(folder, runFiles.log),
        niceness: TRAINING_NICENESS,
        onReport: async (report) => {
          if (report.type === 'done' || report.type === 'failed') ending = report
          else await this.#handle(run.id, report)
        },
      })
      worker.send({
        type: 'train',
        config: run.config,
        folder,
        threads,
        epochsCompleted: run.epochsCompleted,
        analyze: analysis,
        componentsPath: componentsPath(componentsFolder, run),
      })
    } catch (error) {
      await this.#settle(run.id, { from: ['RUNNING'], to: 'FAILED', failure: describeFailure(error), data: { finishedAt: new Date() } })
      return
    }
    log.info({ runId: run.id, pid: worker.pid, threads }, 'run started')
    const finished = worker.ended
      .then(
        (exit) => ending ?? { type: 'died' as const, ...exit },
        (error: unknown) => ({ type: 'failed' as const, ...describeFailure(error) }),
      )
      .then((final) => this.#finish(run.id, final))
    const epochsLeft = run.epochs - run.epochsCompleted
    const isMeasured = !analysis && epochsLeft > 0
    this.#active.set(run.id, { worker, finished, intent: undefined, progress: undefined, epochsLeft, isMeasured })
    this.#options.onTraining?.()
  }

  async #handle(runId: string, report: Exclude<TrainingReport, { type: 'done' | 'failed' }>): Promise<void> {
    const { store, signals, folders, log } = this.#options
    const active = this.#active.get(runId)
    if (report.type === 'started') await store.recordStarted(runId, report)
    else if (report.type === 'progress') {
      if (active) active.progress = report
      signals.emit(runId, 'progressed')
    } else if (report.type === 'analyzed') {
      await store.recordAnalysis(runId, report)
      if (active) active.isMeasured = true
    } else if (report.type === 'analysisFailed') {
      log.warn({ runId, failure: report }, 'run cannot be analyzed')
      // It would fail again.
      if (active) active.isMeasured = true
    } else {
      const run = await store.recordEpoch(runId, report)
      if (active && run) active.epochsLeft = run.epochs - run.epochsCompleted
      await folders.keepNextResume(runId)
      active?.worker.send({ type: 'epochStored', epoch: report.metrics.epoch })
    }
  }

  async #finish(runId: string, ending: Ending): Promise<void> {
    const active = this.#active.get(runId)
    const outcome = decideOutcome({
      ending,
      intent: active?.intent,
      isComplete: active?.epochsLeft === 0,
      isMeasured: active?.isMeasured ?? false,
    })
    if (outcome) await this.#settle(runId, outcome)
    this.#active.delete(runId)
    this.#options.log.info({ runId, status: outcome?.to ?? 'DELETED', failure: outcome?.failure }, 'run ended')
    this.wake()
  }

  /** Stores a run's last status, and tries again while the disk refuses: a run must not stay RUNNING with nothing behind it. */
  async #settle(runId: string, change: StatusChange): Promise<void> {
    for (let delay = 500; ; delay = Math.min(delay * 2, 30_000)) {
      try {
        await this.#options.store.changeStatus(runId, change)
        return
      } catch (error) {
        this.#options.log.error({ err: error, runId }, 'status of run cannot be stored')
        // The next start finds it RUNNING and continues it.
        if (this.#isClosing) return
        await sleep(delay, undefined, { ref: false })
      }
    }
  }
}

function endWorker({ worker }: ActiveRun, grace: number): void {
  worker.send({ type: 'stop' })
  const timer = setTimeout(() => worker.kill(), grace)
  void worker.ended.finally(() => clearTimeout(timer)).catch(() => undefined)
}
