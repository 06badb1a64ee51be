import type { PrismaClient, Run } from '../../generated/prisma/client.js'
import { eventsOf } from '../labEvents.js'
import type { ChangedRow, ChangePage, SeqRange } from './tableFeed.js'

/** Renamings that are looked at, and runs behind which none of another experiment is added. */
const PAGE = 100

/**
 * Reads the runs of experiments that were renamed: lists show and order runs by that name, which is in no run's own history. Those that have changed
 * themselves since are left out, as their own change tells of them.
 */
export async function readRenamed(read: PrismaClient, { after, upTo }: Omit<SeqRange, 'since'>): Promise<ChangePage<Run>> {
  const events = await read.labEvent.findMany({
    where: eventsOf(['EXPERIMENT_RENAMED'], { gt: after, lte: upTo }),
    select: { seq: true, experimentNumber: true },
    orderBy: { seq: 'asc' },
    take: PAGE,
  })
  const isLastOfIts = (index: number) =>
    !events.slice(index + 1).some((later) => later.experimentNumber === events[index]?.experimentNumber)
  const changes: ChangedRow<Run>[] = []
  for (const { seq, experimentNumber } of events.filter((_, index) => isLastOfIts(index))) {
    if (changes.length >= PAGE) return { changes, upTo: seq - 1 }
    const rows = await read.run.findMany({
      where: { experiment: { number: experimentNumber ?? 0 }, deletedAt: null, lastSeq: { lte: after } },
      orderBy: { number: 'asc' },
    })
    // Whoever drops before they have all of them is told of all again.
    changes.push(
      ...rows.map((row, index) => ({
        seq: index === rows.length - 1 ? seq : seq - 1,
        change: 'UPDATED' as const,
        id: row.id,
        row,
      })),
    )
  }
  return { changes, upTo: events.length < PAGE ? upTo : (events.at(-1)?.seq ?? upTo) }
}
