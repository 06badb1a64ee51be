import type { PrismaClient } from '../../generated/prisma/client.js'
import { newestSeq } from '../newestSeq.js'
import type { RunSignals } from '../RunSignals.js'
import type { QueuePlaces } from './QueuePlaces.js'

/** Several changes in short time are told of once. */
const INTERVAL_MILLISECONDS = 250

interface WatchedQueue {
  readonly read: PrismaClient
  readonly signals: RunSignals
  readonly places: QueuePlaces
}

/** Calls `changed` whenever something has happened by which other runs may wait, in another order, or train; returns how to stop. */
export function watchQueue({ read, signals, places }: WatchedQueue, changed: () => void): () => void {
  let seen = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async () => {
    timer = undefined
    const upTo = await newestSeq(read)
    if (!(await places.mayHaveChanged({ after: seen, upTo }))) return
    seen = upTo
    changed()
  }
  const stopListening = signals.onTable((_, signal) => {
    if (signal === 'progressed') return
    // Where the store cannot be read, the next change is looked at together with this one.
    timer ??= setTimeout(() => look().catch(() => undefined), INTERVAL_MILLISECONDS)
  })
  return () => {
    clearTimeout(timer)
    stopListening()
  }
}
