import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveStage } from '@hourglass/autoencoders/training'
import { type RunAssignment, type RunCommand, type RunReport, type RunReportOf, runReportSchema } from '@hourglass/protocol'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { describeStoreFailure } from '../database/describeStoreFailure.js'
import type { StoreState } from '../database/StoreState.js'
import type { Log } from '../log.js'
import type { RunEstimator } from '../machine/RunEstimator.js'
import { ForkedWorker } from '../processes/ForkedWorker.js'
import { trainingWorkerPath } from '../projectPaths.js'
import type { LiveProgress } from '../runs/LiveProgress.js'
import { type StatusChange, statusWhenStopped } from '../runs/RunFacts.js'
import type { Run, RunReader } from '../runs/RunReader.js'
import type { Attempt, RunRecorder } from '../runs/RunRecorder.js'
import type { RunSignals } from '../runs/RunSignals.js'
import { assignmentOf } from './assignmentOf.js'
import { decideOutcome, type Ending, type Intent, type WorkerProblem } from './decideOutcome.js'
import { Pump } from './Pump.js'
import type { RunQueue } from './RunQueue.js'
import { StageClock } from './StageClock.js'
import { Standing } from './Standing.js'
import { TimeLeft } from './TimeLeft.js'
import { type WatchLimits, WorkerWatch } from './WorkerWatch.js'

export interface EmbeddedRunQueueOptions {
  readonly runs: RunReader
  readonly recorder: RunRecorder
  readonly signals: RunSignals
  /** Whether what runs report waits for the store. */
  readonly store: StoreState
  /** How long a worker waits for a disk that takes no files, in milliseconds. */
  readonly patience: number
  readonly artifacts: ArtifactStore
  readonly folders: RunFolders
  readonly log: Log
  /** Runs that train at the same time. */
  readonly maxRuns: number
  /** Threads of each. */
  readonly threads: number
  /** Which epochs keep their checkpoint and codes. */
  readonly retention: RunAssignment['retention']
  /** Whether runs are measured after their last epoch. */
  readonly analysis: boolean
  /** What a worker may do before it is ended. */
  readonly limits: WatchLimits
  /** Knows how long runs like one took. */
  readonly estimator: Pick<RunEstimator, 'stages' | 'work'>
  /** Folder of what runs of the same data share. */
  readonly cacheFolder: string
  /** Called whenever a run has begun to train. */
  readonly onTraining?: (() => void) | undefined
}

interface ActiveRun {
  readonly attempt: Attempt
  readonly worker: ForkedWorker<RunCommand, RunReport>
  /** Resolves when the run's last status is stored. */
  readonly finished: Promise<void>
  readonly watch: WorkerWatch
  /** Of its run before this attempt, since its last epoch. */
  interruptions: number
  intent: Intent | undefined
  /** Whether its worker is gone, and its last status is being stored. */
  isEnding: boolean
  problem: WorkerProblem | undefined
  /** Records what this attempt reports. */
  readonly recorder: RunRecorder
  /** Makes what waits for the store give up. */
  readonly abandon: () => void
  readonly standing: Standing
  readonly clock: StageClock
  readonly timeLeft: TimeLeft
  epochsLeft: number
  /** Whether nothing is left to measure. */
  isMeasured: boolean
}

/** How long a worker may take to stop before it is killed, in milliseconds: whoever stops a run waits for it, and what was reported is kept. */
const STOP_GRACE = 700
/** The same when the whole server stops. */
const CLOSE_GRACE = 2_500
/** Pause after the store refused to hand out a run, in milliseconds. */
const RETRY = 1_000
/** How long handing out a run waits for the store: what stops and deletes runs waits for that. */
const CLAIM_PATIENCE = 1_000
const TRAINING_NICENESS = 5
/** Silence of a worker that computes and trains after which operators are told that it hangs, in seconds; its watch ends it later. */
const LONGEST_SILENCE = 300

/** Runs each queued run in a process of its own on this machine, clients in turn. */
export class EmbeddedRunQueue implements RunQueue {
  readonly #options: EmbeddedRunQueueOptions
  readonly #active = new Map<string, ActiveRun>()
  readonly #discarded = new Set<string>()
  readonly #pump = new Pump(() => this.#fill())
  readonly #stopListening: () => void
  #isStarted = false
  #isClosing = false

  constructor(options: EmbeddedRunQueueOptions) {
    this.#options = options
    this.#stopListening = options.store.listen(() => {
      for (const { attempt, standing } of this.#active.values()) {
        if (standing.storeChanged(options.store.waiting)) options.signals.emit(attempt.runId, 'progressed')
      }
    })
  }

  async start(): Promise<void> {
    const { runs, recorder, log, analysis } = this.#options
    for (const run of await runs.withStatus('RUNNING')) {
      const { id, stopRequested } = run
      const isDone = epochsLeftOf(run) === 0 && (await runs.isDoneSinceClaim(run, { analysis }))
      const to = isDone || stopRequested ? statusWhenStopped(run) : 'QUEUED'
      await recorder.changeStatus(id, {
        from: ['RUNNING'],
        to,
        data: to === 'QUEUED' ? { wasInterrupted: true } : { finishedAt: new Date() },
      })
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
        active.abandon()
      }
      await Promise.all(ending.map(({ finished }) => finished))
      await work()
    } catch (error) {
      // Whoever asked for the deletion does not wait for a store that refused it.
      for (const id of runIds) void this.#requeue(id)
      throw error
    } finally {
      for (const id of runIds) this.#discarded.delete(id)
      this.wake()
    }
  }

  isTraining(): boolean {
    return this.#active.size > 0
  }

  progressOf(runId: string): LiveProgress | undefined {
    const active = this.#active.get(runId)
    // Nobody is to read of progress behind the status with which the run ends.
    return active?.isEnding ? undefined : active?.standing.progress
  }

  stageOf(runId: string): LiveStage | undefined {
    return this.#active.get(runId)?.clock.now()
  }

  hangingRuns(): readonly string[] {
    const hangs = ({ watch, clock }: ActiveRun) => watch.silentSeconds > LONGEST_SILENCE && clock.now().stage !== 'measuring'
    return [...this.#active].flatMap(([id, active]) => (hangs(active) ? [id] : []))
  }

  workerMemory(): readonly number[] {
    return [...this.#active.values()].map(({ watch }) => watch.memoryBytes)
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
    this.#stopListening()
  }

  async #requeue(runId: string): Promise<void> {
    const { recorder, log } = this.#options
    try {
      if (await recorder.changeStatus(runId, { from: ['RUNNING'], to: 'QUEUED' })) this.wake()
    } catch (error) {
      log.error({ err: error, runId }, 'run that was not deleted cannot be queued again')
    }
  }

  async #fill(): Promise<void> {
    const { recorder, maxRuns, log } = this.#options
    const claiming = recorder.within({ milliseconds: CLAIM_PATIENCE })
    try {
      while (this.#active.size < maxRuns && !this.#isClosing) {
        const run = await claiming.claimNext()
        if (!run) break
        if (!this.#discarded.has(run.id)) await this.#launch(run)
      }
    } catch (error) {
      log.error({ err: error }, 'queue cannot start runs')
      setTimeout(() => this.wake(), RETRY).unref()
    }
  }

  async #launch(run: Run): Promise<void> {
    const { recorder, artifacts, folders, threads, analysis, cacheFolder, log, patience, limits, estimator } = this.#options
    const attempt = { runId: run.id, number: run.attempt }
    const waiting = new AbortController()
    let ending: Ending | undefined
    let worker: ForkedWorker<RunCommand, RunReport>
    try {
      const folder = await folders.create(run.id)
      const refs = await artifacts.refsOf(run)
      await folders.sweepUnlisted(run.id, refs)
      const assignment = assignmentOf(run, {
        artifacts: refs,
        retention: this.#options.retention,
        threads,
        analyze: analysis,
        patienceSeconds: patience / 1000,
      })
      worker = new ForkedWorker<RunCommand, RunReport>({
        path: trainingWorkerPath,
        args: [folder, cacheFolder],
        reportSchema: runReportSchema,
        logPath: folders.logOf(run.id),
        niceness: TRAINING_NICENESS,
        onHeard: () => this.#active.get(run.id)?.watch.heard(),
        onReport: async (report) => {
          if (report.type === 'ended' || report.type === 'failed') ending = report
          else await this.#handle(attempt, report)
        },
      })
      worker.send(assignment)
    } catch (error) {
      const failure = describeStoreFailure(error)
      await this.#settle(attempt, { from: ['RUNNING'], to: 'FAILED', failure, data: { finishedAt: new Date() } })
      return
    }
    log.info({ runId: run.id, attempt: run.attempt, pid: worker.pid, threads }, 'run started')
    const finished = worker.ended
      .then(
        (exit) => ending ?? { type: 'died' as const, ...exit },
        (error: unknown) => ({ type: 'failed' as const, ...describeStoreFailure(error) }),
      )
      .then((final) => this.#finish(attempt, final))
    const epochsLeft = epochsLeftOf(run)
    const watch = new WorkerWatch({
      ...limits,
      pid: worker.pid,
      onProblem: (problem) => {
        active.problem = problem
        log.warn({ runId: run.id, problem }, 'worker is ended')
        worker.kill()
      },
    })
    void worker.ended.finally(() => watch.close()).catch(() => undefined)
    const clock = new StageClock()
    const active: ActiveRun = {
      ...{ attempt, worker, finished, watch, epochsLeft },
      ...{ intent: undefined, isEnding: false, problem: undefined, standing: new Standing(run) },
      ...{ clock, timeLeft: new TimeLeft({ run, clock }) },
      recorder: recorder.within({ milliseconds: patience, signal: waiting.signal }),
      abandon: () => waiting.abort(),
      interruptions: run.interruptions,
      isMeasured: !analysis && epochsLeft > 0,
    }
    this.#active.set(run.id, active)
    active.timeLeft
      .ask({ run, estimator })
      .catch((error: unknown) => log.warn({ err: error, runId: run.id }, 'times of runs cannot be read'))
    this.#options.onTraining?.()
  }

  async #handle(attempt: Attempt, report: Exclude<RunReport, RunReportOf<'ended' | 'failed'>>): Promise<void> {
    const { recorder, signals, store, log } = this.#options
    const { runId } = attempt
    const active = this.#active.get(runId)
    if (report.type === 'alive') {
      active?.watch.measured(report.memoryBytes)
      return
    }
    if (report.type === 'progress' || report.type === 'waiting') {
      if (report.type === 'progress') active?.clock.follow(report)
      active?.standing.reported(report.type === 'progress' ? active.timeLeft.complete(report) : report)
      if (report.type === 'waiting')
        log.warn({ runId, reason: report.reason }, report.reason ? 'run waits for its files' : 'run waits no more')
      signals.emit(runId, 'progressed')
      return
    }
    const recording = (active?.recorder ?? recorder).report(attempt, report)
    active?.standing.recording(store.waiting)
    const run = await recording.finally(() => {
      if (active?.standing.recorded()) signals.emit(runId, 'progressed')
    })
    active?.clock.follow(report)
    if (active && run) {
      active.epochsLeft = epochsLeftOf(run)
      active.interruptions = run.interruptions
      active.timeLeft.stored(run)
    }
    if (report.type === 'epoch') active?.worker.send({ type: 'stored', epoch: report.epoch })
    if (report.type === 'analysisFailed') log.warn({ runId, failure: report }, 'run cannot be analyzed')
    // One that failed would fail again.
    if (active && (report.type === 'analysed' || report.type === 'analysisFailed')) active.isMeasured = true
  }

  async #finish(attempt: Attempt, ending: Ending): Promise<void> {
    const { runId } = attempt
    const active = this.#active.get(runId)
    if (active) active.isEnding = true
    const outcome = decideOutcome({
      ending,
      intent: active?.intent,
      problem: active?.problem,
      interruptions: active?.interruptions ?? 0,
      isComplete: active?.epochsLeft === 0,
      isMeasured: active?.isMeasured ?? false,
    })
    if (outcome) await this.#settle(attempt, outcome)
    this.#active.delete(runId)
    this.#options.log.info({ runId, status: outcome?.to ?? 'DELETED', failure: outcome?.failure ?? outcome?.interruption }, 'run ended')
    this.wake()
  }

  /** Stores a run's last status, and tries again while the disk refuses: a run must not stay RUNNING with nothing behind it. */
  async #settle({ runId, number }: Attempt, change: StatusChange): Promise<void> {
    for (let delay = 500; ; delay = Math.min(delay * 2, 30_000)) {
      try {
        await this.#options.recorder.changeStatus(runId, { ...change, attempt: number })
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

function epochsLeftOf({ epochs, epochsCompleted }: Run): number {
  return Math.max(0, (epochs ?? 0) - epochsCompleted)
}

function endWorker({ worker, abandon, intent }: ActiveRun, grace: number): void {
  worker.send({ type: 'stop' })
  const timer = setTimeout(() => {
    worker.kill()
    // A run that is stopped still wants its last epoch stored; one that is interrupted trains it again.
    if (intent === 'close') abandon()
  }, grace)
  void worker.ended.finally(() => clearTimeout(timer)).catch(() => undefined)
}
