import { EVALUATION_BATCH, type LiveStage } from '@hourglass/autoencoders/training'
import {
  type RunAssignment,
  type RunCommand,
  type RunProgress,
  type RunReport,
  type RunReportOf,
  runReportSchema,
} from '@hourglass/protocol'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { describeStoreFailure } from '../database/describeStoreFailure.js'
import type { StoreState } from '../database/StoreState.js'
import type { Log } from '../log.js'
import type { RunEstimator } from '../machine/RunEstimator.js'
import { ForkedWorker } from '../processes/ForkedWorker.js'
import type { Pace } from '../processes/StallWatch.js'
import { type WatchLimits, type WorkerProblem, WorkerWatch } from '../processes/WorkerWatch.js'
import { trainingWorkerPath } from '../projectPaths.js'
import type { LiveProgress } from '../runs/LiveProgress.js'
import type { StatusChange } from '../runs/RunFacts.js'
import type { Run } from '../runs/RunReader.js'
import type { Attempt, RunRecorder } from '../runs/RunRecorder.js'
import type { RunSignals } from '../runs/RunSignals.js'
import { decideOutcome, type Ending, type Intent } from './decideOutcome.js'
import { epochsLeftOf } from './epochsLeftOf.js'
import { StageClock } from './StageClock.js'
import { Standing } from './Standing.js'
import { TimeLeft } from './TimeLeft.js'

export interface RunningAttemptOptions {
  readonly recorder: RunRecorder
  readonly signals: RunSignals
  /** Whether what runs report waits for the store. */
  readonly store: StoreState
  /** How long a worker waits for a disk that takes no files, in milliseconds. */
  readonly patience: number
  readonly folders: RunFolders
  readonly log: Log
  /** What a worker may do before it is ended. */
  readonly limits: WatchLimits
  /** Knows how long runs like one took. */
  readonly estimator: Pick<RunEstimator, 'stages' | 'work'>
  /** Folder of what runs of the same data share. */
  readonly cacheFolder: string
}

export interface AssignedRun {
  readonly run: Run
  readonly assignment: RunAssignment
  /** Folder of the run's files. */
  readonly folder: string
}

/** How long a worker may take to stop before it is killed, in milliseconds: whoever stops a run waits for it, and what was reported is kept. */
const STOP_GRACE = 700
/** The same when the whole server stops. */
const CLOSE_GRACE = 2_500
const TRAINING_NICENESS = 5

/** One run in its worker: records what that reports, watches it, knows where the run is, and tells what becomes of it. */
export class RunningAttempt {
  readonly pid: number | undefined
  /** Resolves when the worker is gone and its reports are handled: with what becomes of the run, undefined where it is being deleted. */
  readonly ended: Promise<StatusChange | undefined>
  readonly #attempt: Attempt
  readonly #options: RunningAttemptOptions
  readonly #worker: ForkedWorker<RunCommand, RunReport>
  readonly #watch: WorkerWatch
  readonly #recorder: RunRecorder
  /** Makes what waits for the store give up. */
  readonly #waiting = new AbortController()
  readonly #standing: Standing
  readonly #clock = new StageClock()
  readonly #timeLeft: TimeLeft
  #intent: Intent | undefined
  #problem: WorkerProblem | undefined
  /** What the worker said last. */
  #lastWord: RunReportOf<'ended' | 'failed'> | undefined
  #refusal: string | undefined
  #isOver = false
  readonly #examples: ExampleCounts
  #epochsLeft: number
  /** How often its run lost a worker since its last epoch. */
  #interruptions: number
  /** Whether nothing is left to measure. */
  #isMeasured: boolean

  constructor({ run, assignment, folder }: AssignedRun, options: RunningAttemptOptions) {
    const { recorder, patience, folders, log, limits, estimator, cacheFolder } = options
    this.#options = options
    this.#attempt = { runId: run.id, number: run.attempt }
    this.#recorder = recorder.within({ milliseconds: patience, signal: this.#waiting.signal })
    this.#standing = new Standing(run)
    this.#timeLeft = new TimeLeft({ run, clock: this.#clock })
    const { trainCount, validationCount, testCount } = run
    this.#examples = { train: trainCount ?? 0, all: (trainCount ?? 0) + (validationCount ?? 0) + (testCount ?? 0) }
    this.#epochsLeft = epochsLeftOf(run)
    this.#interruptions = run.interruptions
    this.#isMeasured = !assignment.analyze && this.#epochsLeft > 0
    this.#worker = new ForkedWorker<RunCommand, RunReport>({
      path: trainingWorkerPath,
      args: [folder, cacheFolder],
      reportSchema: runReportSchema,
      logPath: folders.logOf(run.id),
      niceness: TRAINING_NICENESS,
      onHeard: (report) => this.#watch.heard(report),
      onReport: (report) => this.#handle(report),
    })
    this.pid = this.#worker.pid
    this.#watch = new WorkerWatch({
      ...limits,
      pid: this.pid,
      threads: assignment.threads,
      isExcused: () => this.#standing.isWaiting,
      subject: 'The run’s process',
      onProblem: (problem) => this.#giveUp(problem),
    })
    this.#worker.send(assignment)
    this.ended = this.#worker.ended
      .then(
        (exit) => {
          this.#refusal = exit.refusal
          return this.#lastWord ?? { type: 'died' as const, ...exit }
        },
        (error: unknown) => ({ type: 'failed' as const, ...describeStoreFailure(error) }),
      )
      .then((ending) => this.#end(ending))
    this.#timeLeft
      .ask({ run, estimator })
      .catch((error: unknown) => log.warn({ err: error, runId: run.id }, 'times of runs cannot be read'))
  }

  /** Why the system did not start its worker; undefined where it did. Known once it has ended. */
  get refusal(): string | undefined {
    return this.#refusal
  }

  /** Where the run is; nobody is to read of it behind the status with which the run ends. */
  get progress(): LiveProgress | undefined {
    return this.#isOver ? undefined : this.#standing.progress
  }

  get stage(): LiveStage {
    return this.#clock.now()
  }

  get isHanging(): boolean {
    return this.#watch.isHanging
  }

  /** What the worker holds in memory. */
  get memoryBytes(): number {
    return this.#watch.memoryBytes
  }

  /** Lets the worker finish what it stores, for a moment. */
  stop(): void {
    if (this.#intent) return
    this.#intent = 'stop'
    this.#endWorker(STOP_GRACE)
  }

  /** Interrupts the run, which the next start continues. */
  close(): void {
    this.#intent ??= 'close'
    this.#endWorker(CLOSE_GRACE)
  }

  /** Ends the worker of a run that is being deleted. */
  discard(): void {
    this.#intent = 'discard'
    this.#worker.kill()
    this.#waiting.abort()
  }

  /** Tells that writes wait, or wait no more. */
  storeChanged(): void {
    if (this.#standing.storeChanged(this.#options.store.waiting)) this.#tellProgress()
  }

  async #handle(report: RunReport): Promise<void> {
    if (report.type === 'ended' || report.type === 'failed') this.#lastWord = report
    else if (report.type === 'alive') return
    else if (report.type === 'progress') {
      this.#clock.follow(report)
      this.#watch.expect(paceOf(report, this.#examples))
      this.#standing.reported(this.#timeLeft.complete(report))
      this.#tellProgress()
    } else if (report.type === 'waiting') {
      const { reason } = report
      this.#standing.reported(report)
      this.#options.log.warn({ runId: this.#attempt.runId, reason }, reason ? 'run waits for its files' : 'run waits no more')
      this.#tellProgress()
    } else await this.#record(report)
  }

  async #record(report: Parameters<RunRecorder['report']>[1]): Promise<void> {
    const { store, log } = this.#options
    const recording = this.#recorder.report(this.#attempt, report)
    this.#standing.recording(store.waiting)
    const run = await recording.finally(() => {
      if (this.#standing.recorded()) this.#tellProgress()
    })
    this.#clock.follow(report)
    if (run) {
      this.#epochsLeft = epochsLeftOf(run)
      this.#interruptions = run.interruptions
      this.#timeLeft.stored(run)
    }
    if (report.type === 'epoch') this.#worker.send({ type: 'stored', epoch: report.epoch })
    if (report.type === 'analysisFailed') log.warn({ runId: this.#attempt.runId, failure: report }, 'run cannot be analyzed')
    // One that failed would fail again.
    if (report.type === 'analysed' || report.type === 'analysisFailed') this.#isMeasured = true
  }

  #end(ending: Ending): StatusChange | undefined {
    this.#isOver = true
    this.#watch.close()
    return decideOutcome({
      ending,
      intent: this.#intent,
      problem: this.#problem,
      interruptions: this.#interruptions,
      isComplete: this.#epochsLeft === 0,
      isMeasured: this.#isMeasured,
    })
  }

  #giveUp(problem: WorkerProblem): void {
    this.#problem = problem
    this.#options.log.warn({ runId: this.#attempt.runId, problem }, 'worker is ended')
    this.#worker.note(`${new Date().toISOString()} ERROR ${problem.message}`)
    this.#worker.kill()
  }

  #endWorker(grace: number): void {
    this.#worker.send({ type: 'stop' })
    const timer = setTimeout(() => {
      // Otherwise its log would end in the middle, and nobody would know why.
      this.#worker.note(`${new Date().toISOString()} Ended: it was asked to stop and had not within ${grace / 1000} s`)
      this.#worker.kill()
      // A run that is stopped still wants its last epoch stored; one that is interrupted trains it again.
      if (this.#intent === 'close') this.#waiting.abort()
    }, grace)
    void this.#worker.ended.finally(() => clearTimeout(timer)).catch(() => undefined)
  }

  #tellProgress(): void {
    this.#options.signals.emit(this.#attempt.runId, 'progressed')
  }
}

interface ExampleCounts {
  readonly train: number
  readonly all: number
}

/** How long a worker takes while it trains: for a step, or the evaluation of some examples, and for all examples. Null where it does not say, or does something else. */
function paceOf({ stage, imagesPerSecond, stepsPerEpoch }: RunProgress, { train, all }: ExampleCounts): Pace | null {
  if (stage !== 'training' || imagesPerSecond === 0) return null
  return {
    stepSeconds: Math.max(EVALUATION_BATCH, train / Math.max(1, stepsPerEpoch)) / imagesPerSecond,
    passSeconds: all / imagesPerSecond,
  }
}
