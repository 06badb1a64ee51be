import type { LiveProgress } from '../LiveProgress.js'
import type { RunEvent, RunReader } from '../RunReader.js'
import type { RunSignals } from '../RunSignals.js'
import type { FeedSource } from './FeedSource.js'

export type FollowedEvent =
  | { readonly kind: 'stored'; readonly event: RunEvent }
  | { readonly kind: 'progress'; readonly progress: LiveProgress }

export interface RunFeedOptions {
  readonly runs: RunReader
  readonly signals: RunSignals
  /** Latest progress of a run, undefined where it is not training. */
  readonly progressOf: (runId: string) => LiveProgress | undefined
}

const PAGE = 100
const PROGRESS_INTERVAL_MILLISECONDS = 250

/** The stored events of a run in order, and in between its latest progress. Over when the run is deleted. */
export function runFeed({ runs, signals, progressOf }: RunFeedOptions, runId: string): FeedSource<FollowedEvent> {
  let last: LiveProgress | undefined
  return {
    listen: (listener) => {
      // Who comes to a run that trains wants to know where it is.
      listener.live(runId)
      return signals.onRun(runId, (signal) => {
        if (signal === 'deleted') listener.over()
        if (signal !== 'progressed') listener.stored()
        listener.live(runId)
      })
    },
    newest: async () => (await runs.find(runId))?.lastSeq ?? null,
    read: async ({ after, upTo }) => {
      const events = await runs.eventsAfter(runId, { after, upTo }, PAGE)
      const isLast = events.length < PAGE
      const items = events.map((event) => ({ kind: 'stored' as const, event }))
      return { after, items, upTo: (isLast ? upTo : undefined) ?? events.at(-1)?.seq ?? after, isLast }
    },
    readLive: async () => {
      const progress = progressOf(runId)
      if (progress === last) return new Map()
      last = progress
      return new Map([[runId, progress && { kind: 'progress' as const, progress }]])
    },
    nameOf: () => undefined,
    liveStands: true,
    isLive: () => progressOf(runId) !== undefined,
    storedInterval: 0,
    liveInterval: PROGRESS_INTERVAL_MILLISECONDS,
  }
}
