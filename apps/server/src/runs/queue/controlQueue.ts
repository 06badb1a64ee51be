import type { Run } from '../../generated/prisma/client.js'
import type { Lab } from '../../Lab.js'
import { moveInQueue as move, type QueueTarget } from './moveInQueue.js'
import { setQueuePaused } from './queueRest.js'

/** Moves a run that waits to another place. Throws RUN_NOT_FOUND or RUN_NOT_QUEUED. */
export function moveInQueue({ recorder }: Pick<Lab, 'recorder'>, id: string, target: QueueTarget): Promise<Run> {
  return recorder.record((facts) => move(facts, id, target))
}

/** Lets the queue rest, or go on. */
export async function pauseQueue({ recorder, queue, feeds, log }: Lab, isPaused: boolean): Promise<void> {
  if (!(await recorder.record(({ transaction }) => setQueuePaused(transaction, isPaused)))) return
  log.info({ isPaused }, 'queue paused or resumed')
  feeds.labChanged()
  queue.wake()
}
