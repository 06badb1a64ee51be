import type { WasmMemory } from '@hourglass/wasm'
import type { SessionHandles } from '../../session/Session.js'

/** Both parts of an update. */
export interface UpdateParts {
  readonly updateFirst: () => void
  /** What the second thread does, where that is not ready. */
  readonly updateSecond: () => void
}

/** Both halves of a step, and what follows them. */
export interface StepParts extends UpdateParts {
  readonly computeFirst: () => void
  /** What the second thread does, where that is not ready. */
  readonly computeSecond: () => void
  /** What follows the halves before the update; the second thread waits. */
  readonly computeRest: () => void
  /** Throws the error that the second thread's half ended with, by the status of ONNX Runtime. */
  readonly check: (status: bigint) => void
}

/** Computes all parts of a step on this thread. */
export function computeAlone({ computeFirst, computeSecond, computeRest, updateFirst, updateSecond }: StepParts): void {
  for (const part of [computeFirst, computeSecond, computeRest, updateFirst, updateSecond]) part()
}

/** What the second thread must know to compute its parts of a step. */
export interface ThreadJob {
  readonly id: number
  /** Of its half; none where only the update is divided. */
  readonly half?: SessionHandles
  readonly memory: WasmMemory
  /** The module that updates its part of every tensor. */
  readonly update: Uint8Array<ArrayBuffer>
}

/** A thread beside this one that computes second halves. */
export interface SecondThread {
  /** Tells the thread of a function's parts; returns the number of the job. */
  add(job: Omit<ThreadJob, 'id'>): number
  remove(job: number): void
  /**
   * Computes both halves, then both parts of the update. Throws what a half failed with before anything is updated. It returns once all is done,
   * whoever did it.
   */
  run(job: number, parts: StepParts): void
  /** Computes both parts of an update. */
  update(job: number, parts: UpdateParts): void
  /** Gives the thread up; it ends with its last user. */
  release(): Promise<void>
}
