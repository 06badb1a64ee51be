import type { ApolloClient } from '@apollo/client'
import { collected } from '../../data/collected'
import { RunEventsDocument } from '../../data/generated/graphql'
import { resumingSubscription } from '../../data/resumingSubscription'
import { lastSequence, type RunEvent, writeRunEvent } from '../../data/writeRunEvent'

/** How long a page is left as it was drawn at least, in milliseconds: some runs end ten epochs a second. */
const DRAWN_FOR_MS = 200

/** Tell how far something is that goes on: they come all the time, and nobody waits for one of them. */
const gradual: ReadonlySet<RunEvent['__typename']> = new Set(['Progress', 'ValuesLogged'])

/**
 * Keeps a run in the cache current: continues after the last event that the cache holds, however often the connection drops. An event that comes alone is
 * written at once, those that follow closely together; an epoch waits for no pause after what is told in between. Returns how to end that, which writes what
 * has come until then.
 */
export function followRun(client: ApolloClient, id: string): () => void {
  let told: RunEvent[] = []
  const write = () => {
    const events = told
    told = []
    if (events.length === 0) return
    client.cache.batch({
      update: (cache) => {
        for (const event of events) writeRunEvent(cache, id, event)
      },
    })
  }
  const writeSoon = collected(write, 0, DRAWN_FOR_MS)
  const writeGradually = collected(write, 0, DRAWN_FOR_MS)
  const subscription = resumingSubscription(client, {
    subscription: RunEventsDocument,
    variables: () => {
      write()
      return { runId: id, after: lastSequence(client.cache, id) }
    },
  }).subscribe({
    next: ({ runEvents }) => {
      told.push(runEvents)
      if (gradual.has(runEvents.__typename)) writeGradually()
      else writeSoon()
    },
    error: (error: unknown) => console.error(`Run ${id} is no longer live.`, error),
  })
  return () => {
    writeSoon.cancel()
    writeGradually.cancel()
    write()
    subscription.unsubscribe()
  }
}
