import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveStage } from '@hourglass/autoencoders/training'
import type { RunAssignment } from '@hourglass/protocol'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import { describeStoreFailure } from '../database/describeStoreFailure.js'
import { storeFaultOf } from '../database/storeFault.js'
import { Pump } from '../Pump.js'
import type { LiveProgress } from '../runs/LiveProgress.js'
import type { RunQueue } from '../runs/queue/RunQueue.js'
import { type StatusChange, statusWhenStopped } from '../runs/RunFacts.js'
import type { Run, RunReader } from '../runs/RunReader.js'
import type { RunRecorder } from '../runs/RunRecorder.js'
import { readConfig } from '../runs/readConfig.js'
import { memoryOf } from '../runs/requireMemory.js'
import { assignmentOf } from './assignmentOf.js'
import { epochsLeftOf } from './epochsLeftOf.js'
import { MemoryWaits, roomFor, type WaitingRun } from './MemoryRoom.js'
import { type AssignedRun, RunningAttempt, type RunningAttemptOptions } from './RunningAttempt.js'
import { StartRefusals } from './StartRefusals.js'

export interface EmbeddedRunQueueOptions extends RunningAttemptOptions {
  readonly runs: RunReader
  readonly artifacts: ArtifactStore
  /** Whether completed runs are measured on test data. */
  readonly analysis: boolean
  /** Runs that train at the same time. */
  readonly maxRuns: number
  /** Threads of each. */
  readonly threads: number
  /** Which epochs keep their checkpoint and codes. */
  readonly retention: RunAssignment['retention']
  /** How many bytes of memory are free on the machine; what a run needs beyond that it waits for. */
  readonly freeMemory: () => number
  /** Called whenever a run has begun to train. */
  readonly onTraining?: (() => void) | undefined
}

interface ActiveRun {
  readonly neededBytes: number
  readonly attempt: RunningAttempt
  /** Resolves when the run's last status is stored. */
  readonly finished: Promise<void>
}

/** Pause after the store refused to hand out a run, in milliseconds; twice as long each time, up to the longest. */
const RETRY = 1_000
const LONGEST_RETRY = 30_000
/** How long handing out a run waits for the store: what stops and deletes runs waits for that. */
const CLAIM_PATIENCE = 1_000
/** How often it is looked whether memory is free that runs wait for, in milliseconds. */
const MEMORY_PAUSE = 2_000

/** Runs each queued run in a process of its own on this machine, clients in turn. */
export class EmbeddedRunQueue implements RunQueue {
  readonly #options: EmbeddedRunQueueOptions
  readonly #active = new Map<string, ActiveRun>()
  readonly #discarded = new Set<string>()
  readonly #pump = new Pump(() => this.#fill())
  readonly #waits: MemoryWaits
  readonly #refusals = new StartRefusals(() => this.wake())
  readonly #stopListening: () => void
  #retry = RETRY
  #isStarted = false
  #isClosing = false

  constructor(options: EmbeddedRunQueueOptions) {
    this.#options = options
    this.#waits = new MemoryWaits((runId) => options.signals.emit(runId, 'progressed'))
    this.#stopListening = options.store.listen(() => {
      for (const { attempt } of this.#active.values()) attempt.storeChanged()
    })
  }

  async start(): Promise<void> {
    const { runs, recorder, log, analysis } = this.#options
    for (const run of await runs.withStatus('RUNNING')) {
      const { id, stopRequested } = run
      const isMeasured = analysis && !(await runs.skipsAnalysis(run))
      const isDone = epochsLeftOf(run) === 0 && (await runs.isDoneSinceClaim(run, { analysis: isMeasured }))
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
    this.#active.get(runId)?.attempt.stop()
  }

  async discard(runIds: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const id of runIds) this.#discarded.add(id)
    try {
      await this.#pump.idle()
      const ending = runIds.flatMap((id) => this.#active.get(id) ?? [])
      for (const { attempt } of ending) attempt.discard()
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
    return active ? active.attempt.progress : this.#waits.of(runId)
  }

  stageOf(runId: string): LiveStage | undefined {
    return this.#active.get(runId)?.attempt.stage
  }

  hangingRuns(): readonly string[] {
    return [...this.#active].flatMap(([id, { attempt }]) => (attempt.isHanging ? [id] : []))
  }

  refusal(): string | null {
    return this.#refusals.reason
  }

  workerMemory(): readonly number[] {
    return [...this.#active.values()].map(({ attempt }) => attempt.memoryBytes)
  }

  async close(): Promise<void> {
    this.#isClosing = true
    await this.#pump.close()
    const ending = [...this.#active.values()]
    for (const { attempt } of ending) attempt.close()
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
    if (!(await this.#refusals.mayStart())) return
    const claiming = recorder.within({ milliseconds: CLAIM_PATIENCE })
    try {
      while (this.#active.size < maxRuns && !this.#isClosing && this.#refusals.reason === null) {
        const run = await this.#claim(claiming)
        if (!run) break
        if (!this.#discarded.has(run.id)) await this.#launch(run)
      }
    } catch (error) {
      log.error({ err: error }, 'queue cannot start runs')
      setTimeout(() => this.wake(), this.#retry).unref()
      this.#retry = Math.min(2 * this.#retry, LONGEST_RETRY)
    }
    if (this.#waits.any) setTimeout(() => this.wake(), MEMORY_PAUSE).unref()
  }

  /** Takes the run whose turn it is from the queue, where memory for it is free. */
  async #claim(recorder: RunRecorder): Promise<Run | null> {
    const free = this.#options.freeMemory()
    const training = [...this.#active.values()].map(({ neededBytes, attempt }) => ({ neededBytes, memoryBytes: attempt.memoryBytes }))
    const waiting = new Map<string, WaitingRun>()
    const claimed = await recorder.claimNext((run) => {
      const neededBytes = neededBy(run)
      const room = roomFor(neededBytes, free, training)
      if (room === 'fits') return true
      waiting.set(run.id, { run, neededBytes, room })
      return room === 'crowdedOut' ? 'others' : false
    })
    this.#waits.found([...waiting.values()], free)
    return claimed
  }

  async #launch(run: Run): Promise<void> {
    const { log, threads, onTraining } = this.#options
    let attempt: RunningAttempt
    try {
      attempt = new RunningAttempt(await this.#assign(run), this.#options)
    } catch (error) {
      if (storeFaultOf(error)?.mayPass) {
        // Not the run's fault, nor that of those behind it: it waits in its place until the store can be written.
        await this.#settle(run, { from: ['RUNNING'], to: 'QUEUED' })
        throw error
      }
      const failure = describeStoreFailure(error)
      await this.#settle(run, { from: ['RUNNING'], to: 'FAILED', failure, data: { finishedAt: new Date() } })
      return
    }
    this.#retry = RETRY
    if (attempt.pid !== undefined) this.#refusals.started()
    log.info({ runId: run.id, attempt: run.attempt, pid: attempt.pid, threads }, 'run started')
    this.#active.set(run.id, {
      neededBytes: neededBy(run),
      attempt,
      finished: attempt.ended.then((outcome) => this.#finish(run, attempt, outcome)),
    })
    // What it waits for comes at once.
    if (attempt.pid === undefined) await attempt.ended
    else onTraining?.()
  }

  async #assign(run: Run): Promise<AssignedRun> {
    const { runs, artifacts, folders, threads, analysis, patience, retention } = this.#options
    const folder = await folders.create(run.id)
    const refs = await artifacts.refsOf(run)
    const places = refs.map(({ name, place }) => ({ name, pack: place?.pack ?? null }))
    await folders.sweepUnlisted(run.id, places)
    // One that is complete is only given to a worker to be measured.
    const endsUnmeasured = epochsLeftOf(run) > 0 && (await runs.skipsAnalysis(run))
    const means = { artifacts: refs, retention, threads, analyze: analysis && !endsUnmeasured, patienceSeconds: patience / 1000 }
    return { run, assignment: assignmentOf(run, means), folder }
  }

  async #finish(run: Run, { refusal }: RunningAttempt, outcome: StatusChange | undefined): Promise<void> {
    if (refusal !== undefined) this.#refusals.refused(refusal)
    if (outcome) await this.#settle(run, outcome)
    this.#active.delete(run.id)
    const { log } = this.#options
    if (refusal !== undefined) log.warn({ runId: run.id, refusal }, 'the system starts no process: the run stays queued')
    else {
      const failure = outcome?.failure ?? outcome?.interruption
      log.info({ runId: run.id, status: outcome?.to ?? 'DELETED', failure }, 'run ended')
    }
    this.wake()
  }

  /** Stores a run's last status, and tries again while the disk refuses: a run must not stay RUNNING with nothing behind it. */
  async #settle({ id: runId, attempt }: Run, change: StatusChange): Promise<void> {
    for (let delay = 500; ; delay = Math.min(delay * 2, 30_000)) {
      try {
        await this.#options.recorder.changeStatus(runId, { ...change, attempt })
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

/** What a run is expected to need of memory; 0 where its configuration cannot be read: whoever is given it says so. */
function neededBy(run: Run): number {
  const read = readConfig(run)
  return 'value' in read ? memoryOf(read.value) : 0
}
