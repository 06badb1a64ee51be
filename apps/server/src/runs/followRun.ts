import type { LiveProgress } from '../execution/Standing.js'
import { abortable } from './abortable.js'
import { Latch } from './Latch.js'
import type { RunEvent, RunReader } from './RunReader.js'
import type { RunSignals } from './RunSignals.js'

export type FollowedEvent =
  | { readonly kind: 'stored'; readonly event: RunEvent }
  | { readonly kind: 'progress'; readonly progress: LiveProgress }

export interface FollowRunOptions {
  readonly runs: RunReader
  readonly signals: RunSignals
  /** Latest progress of a run, undefined where it is not training. */
  readonly progressOf: (runId: string) => LiveProgress | undefined
  readonly runId: string
  /** Sequence number of the last event that the reader has. */
  readonly after: number
}
const PAGE = 100
const PROGRESS_INTERVAL_MILLISECONDS = 250

/**
 * Replays the stored events of a run after `after` in order and continues live, with no gap and no duplicate; progress comes in between,
 * the latest only. Pulls from the store at the reader's pace. Ends when the run is deleted; throws RUN_NOT_FOUND where there is none.
 */
export async function followRun(options: FollowRunOptions): Promise<AsyncGenerator<FollowedEvent, void>> {
  await options.runs.requireRun(options.runId)
  return abortable((aborted) => follow(options, aborted))
}

async function* follow(
  { runs, signals, progressOf, runId, after }: FollowRunOptions,
  aborted: AbortSignal,
): AsyncGenerator<FollowedEvent, void> {
  const changed = new Latch()
  let isStoreNew = true
  let isDeleted = false
  const stopListening = signals.onRun(runId, (signal) => {
    isDeleted ||= signal === 'deleted'
    isStoreNew ||= signal !== 'progressed'
    changed.set()
  })
  try {
    // The run may have gone between the check and the listening.
    isDeleted ||= !(await runs.exists(runId))
    let lastSeq = after
    let lastProgress: LiveProgress | undefined
    let nextProgressAt = 0
    while (!aborted.aborted && !isDeleted) {
      changed.clear()
      if (isStoreNew) {
        isStoreNew = false
        const events = await runs.eventsAfter(runId, lastSeq, PAGE)
        for (const event of events) {
          lastSeq = event.seq
          yield { kind: 'stored', event }
        }
        isStoreNew ||= events.length === PAGE
        if (isStoreNew) continue
      }
      const progress = progressOf(runId)
      const isProgressNew = progress !== undefined && progress !== lastProgress
      const delay = nextProgressAt - performance.now()
      if (isProgressNew && delay <= 0) {
        nextProgressAt = performance.now() + PROGRESS_INTERVAL_MILLISECONDS
        lastProgress = progress
        yield { kind: 'progress', progress }
      } else {
        await changed.wait(aborted, isProgressNew ? delay : undefined)
      }
    }
  } finally {
    stopListening()
  }
}
