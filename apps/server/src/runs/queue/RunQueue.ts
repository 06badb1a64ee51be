import type { LiveStage } from '@hourglass/autoencoders/training'
import type { LiveProgress } from '../LiveProgress.js'
import type { Wakeable } from './Wakeable.js'

/** Runs what is queued. The store is the queue: an implementation takes QUEUED runs from it, so they survive whatever ends the server. */
export interface RunQueue extends Wakeable {
  /** Continues the runs that a crash interrupted, then starts what is queued. */
  start(): Promise<void>
  /** Says that a run was queued; before the start, that is found there. */
  wake(): void
  /** Asks a running run to stop; its status changes when it has. */
  stop(runId: string): Promise<void>
  /** Ends the runs at once, and starts none of them again, while `work` deletes them. */
  discard(runIds: readonly string[], work: () => Promise<void>): Promise<void>
  /** Whether a run trains or is measured. */
  isTraining(): boolean
  /** Latest progress of a run; undefined where it is not training. */
  progressOf(runId: string): LiveProgress | undefined
  /** What the worker of a run does, and since when; undefined where it has none. */
  stageOf(runId: string): LiveStage | undefined
  /** Runs whose workers have been silent for so long that they must hang. */
  hangingRuns(): readonly string[]
  /** Why the system starts no processes for runs, which wait in the queue; null where it does. */
  refusal(): string | null
  /** Memory of each process that trains or measures, in bytes. */
  workerMemory(): readonly number[]
  /** Interrupts what runs, to be continued at the next start. */
  close(): Promise<void>
}
