import type { ApolloClient } from '@apollo/client'
import { followLive, saysGivenUp } from '../../data/followLive'
import { RunEventsDocument } from '../../data/generated/graphql'
import { lastSequence, type RunEvent, writeRunEvent } from '../../data/writeRunEvent'

/** How long after an epoch the next is drawn at the soonest, and after anything whatever is no epoch, in milliseconds: some runs end ten epochs a second. */
const DRAWN_FOR_MS = 200

export interface RunFollower {
  /** Hears of the newest event with which files came or went, by its sequence number, once it is written. */
  readonly onFiles: (seq: number) => void
}

const isEpoch = ({ __typename }: RunEvent) => __typename === 'EpochCompleted'

/**
 * Keeps a run in the cache current: continues after the last event that the cache holds, however often the connection drops. An event that comes alone is
 * written at once, those that follow closely together; an epoch waits for no pause after anything else. Returns how to end that, which writes what has come
 * until then.
 */
export function followRun(client: ApolloClient, id: string, { onFiles }: RunFollower): () => void {
  let told: RunEvent[] = []
  const written = { anything: Number.NEGATIVE_INFINITY, epoch: Number.NEGATIVE_INFINITY }
  let planned: { readonly at: number; readonly timer: ReturnType<typeof setTimeout> } | undefined
  const write = () => {
    clearTimeout(planned?.timer)
    planned = undefined
    const events = told
    told = []
    if (events.length === 0) return
    written.anything = performance.now()
    if (events.some(isEpoch)) written.epoch = written.anything
    client.cache.batch({
      update: (cache) => {
        for (const event of events) writeRunEvent(cache, id, event)
      },
    })
    const ofFiles = events.flatMap((event) => ('seq' in event && event.changesFiles ? event.seq : []))
    if (ofFiles.length > 0) onFiles(Math.max(...ofFiles))
  }
  const planWrite = (last: number) => {
    const now = performance.now()
    const at = Math.max(now, last + DRAWN_FOR_MS)
    if (planned && planned.at <= at) return
    clearTimeout(planned?.timer)
    planned = { at, timer: setTimeout(write, at - now) }
  }
  const what = 'This run'
  const subscription = followLive(client, {
    what,
    subscription: RunEventsDocument,
    variables: () => {
      write()
      return { runId: id, after: lastSequence(client.cache, id) }
    },
  })
    .pipe(saysGivenUp(what))
    .subscribe(({ runEvents }) => {
      told.push(runEvents)
      planWrite(isEpoch(runEvents) ? written.epoch : written.anything)
    })
  return () => {
    write()
    subscription.unsubscribe()
  }
}
