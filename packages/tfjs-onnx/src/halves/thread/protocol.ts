import type { ThreadJob } from './SecondThread.js'

/**
 * Places in the memory, 32-bit integers each on a cache line of its own, by which the two threads of a step know what is to be done.
 *
 *     idle -> halfOpen -> halfTaken -> halfDone -> updateOpen -> updateTaken -> updateDone -> idle
 *
 * The first thread opens; whoever takes what is open does it, and the first thread takes it back where it is ready before the second has woken.
 */
export const place = { work: 0, job: 16, secondSleeps: 32, firstSleeps: 48, fault: 80 } as const

/** What `work` is. */
export const work = {
  idle: 0,
  halfOpen: 1,
  halfTaken: 2,
  halfDone: 3,
  updateOpen: 4,
  updateTaken: 5,
  updateDone: 6,
  /** The second thread is to read its messages. */
  messageOpen: 7,
  messageDone: 8,
  /** The second thread is to end. */
  ending: 9,
} as const

/** Where, in 64-bit integers and not among the places above, the second thread leaves the status of a run of ONNX Runtime: 0, or the address of the error. */
export const statusPlace = 32
export const CONTROL_BYTES = 512

export type ThreadMessage = { readonly add: ThreadJob } | { readonly remove: number }

/** What the second thread is started with. */
export interface ThreadStart {
  readonly control: SharedArrayBuffer
}

/** How often a thread that waits looks before it sleeps: some 50 µs. */
const LOOKS = 20_000

export interface Waiting {
  /** Whether to wait on, by what the word is. */
  readonly isWaiting: (value: number) => boolean
  /** Where the thread says that it sleeps, so that whoever changes the word wakes it. */
  readonly sleeps: number
  /** Whether it looks for a while in a busy loop before it sleeps. @default true */
  readonly looks?: boolean
}

/** Waits for the word that both threads look at to change, and returns what it is. */
export function waitWhile(words: Int32Array, { isWaiting, sleeps, looks = true }: Waiting): number {
  for (let look = 0; looks && look < LOOKS; look++) {
    const value = Atomics.load(words, place.work)
    if (!isWaiting(value)) return value
  }
  Atomics.store(words, sleeps, 1)
  for (;;) {
    const value = Atomics.load(words, place.work)
    if (!isWaiting(value)) {
      Atomics.store(words, sleeps, 0)
      return value
    }
    Atomics.wait(words, place.work, value)
  }
}

/** Changes the word that both threads look at, and wakes the other one where it sleeps. */
export function tell(words: Int32Array, value: number, otherSleeps: number): void {
  Atomics.store(words, place.work, value)
  if (Atomics.load(words, otherSleeps) !== 0) Atomics.notify(words, place.work)
}
