import type { PrismaClient, Run } from '../../generated/prisma/client.js'
import { newestSeq } from '../newestSeq.js'
import type { QueuePlaces } from '../queue/QueuePlaces.js'
import type { RunSignals } from '../RunSignals.js'
import type { FeedSource } from './FeedSource.js'
import { runsFeed } from './runsFeed.js'
import type { ChangedRow } from './tableFeed.js'

export interface PlacedRuns {
  readonly read: PrismaClient
  readonly signals: RunSignals
  readonly places: QueuePlaces
}

/**
 * All runs as {@link runsFeed} tells of them, and each that waits whenever its place in the queue is another: a run that is moved, starts, is launched or
 * stopped has an event, those behind it have none.
 */
export function placedRunsFeed({ read, signals, places }: PlacedRuns): FeedSource<ChangedRow<Run>> {
  const table = runsFeed(read, signals)
  /** What whoever has read up to the newest page knows; undefined where that is not known, and all are told of. */
  let told: ReadonlyMap<number, number> | undefined
  let isBegun = false
  return {
    ...table,
    newest: async () => {
      if (!isBegun) {
        isBegun = true
        // Before it is known from where on changes are told of: none comes between.
        told = await places.read()
      }
      return table.newest()
    },
    read: async (range) => {
      const { after, since } = range
      const upTo = range.upTo ?? (await newestSeq(read))
      const page = await table.read({ ...range, upTo })
      const changesPlaces = await places.mayHaveChanged({ after, upTo: page.upTo })
      // They come once, with the last page that changes them.
      if (!changesPlaces || (await places.mayHaveChanged({ after: page.upTo, upTo }))) return page
      const isForAll = range.upTo === undefined
      // Which places a follower knows who reads a page alone, or from within several, is not known here.
      const before = isForAll && after === since ? told : undefined
      const now = await places.read()
      // Those that are newer than the page are not what whoever has read up to there knows.
      if (isForAll) told = (await places.mayHaveChanged({ after: upTo, upTo: await newestSeq(read) })) ? undefined : now
      // A run that has changed itself is told of by that.
      const waiting = await read.run.findMany({ where: { status: 'QUEUED', deletedAt: null, lastSeq: { lte: after } } })
      const moved = waiting.filter(({ number }) => before?.get(number) !== now.get(number))
      // Whoever drops before they have all of them reads the page again.
      return { ...page, items: [...moved.map((row) => ({ seq: after, change: 'UPDATED' as const, id: row.id, row })), ...page.items] }
    },
  }
}
