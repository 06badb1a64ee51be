import type { Run } from '../../generated/prisma/client.js'
import type { Log } from '../../log.js'
import type { RunRecorder } from '../RunRecorder.js'
import { moveInQueue as move, type QueueTarget } from './moveInQueue.js'
import { setQueuePaused } from './queueRest.js'
import type { Wakeable } from './Wakeable.js'

/** What pausing the queue needs. */
export interface Pausing {
  readonly recorder: RunRecorder
  readonly queue: Wakeable
  readonly feeds: { labChanged(): void }
  readonly log: Log
}

/** Moves a run that waits to another place. Throws RUN_NOT_FOUND or RUN_NOT_QUEUED. */
export function moveInQueue({ recorder }: { readonly recorder: RunRecorder }, id: string, target: QueueTarget): Promise<Run> {
  return recorder.record((facts) => move(facts, id, target))
}

/** Lets the queue rest, or go on. */
export async function pauseQueue({ recorder, queue, feeds, log }: Pausing, isPaused: boolean): Promise<void> {
  if (!(await recorder.record(({ transaction }) => setQueuePaused(transaction, isPaused)))) return
  log.info({ isPaused }, 'queue paused or resumed')
  feeds.labChanged()
  queue.wake()
}
