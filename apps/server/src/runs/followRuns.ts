import type { PrismaClient, Run } from '../generated/prisma/client.js'
import { type ChangedRow, type ChangePage, type FollowOptions, followChanges, type SeqRange } from './followChanges.js'

const PAGE = 100

/** Follows all runs from a place in the lab's history on, as {@link followChanges} does. */
export function followRuns(options: FollowOptions): AsyncGenerator<ChangedRow<Run>, void> {
  const { read } = options
  return followChanges(options, {
    listen: () => () => undefined,
    readChanges: (range) => readChanges(read, range),
    readProgressed: (ids) => read.run.findMany({ where: { id: { in: [...ids] } } }),
  })
}

async function readChanges(read: PrismaClient, { after, upTo: newest }: SeqRange): Promise<ChangePage<Run>> {
  const range = { gt: after, lte: newest }
  const [runs, deletions] = await Promise.all([
    read.run.findMany({ where: { lastSeq: range }, orderBy: { lastSeq: 'asc' }, take: PAGE }),
    read.labEvent.findMany({ where: { kind: 'RUN_DELETED', seq: range }, orderBy: { seq: 'asc' }, take: PAGE }),
  ])
  const upTo = Math.min(
    runs.length < PAGE ? newest : (runs.at(-1)?.lastSeq ?? newest),
    deletions.length < PAGE ? newest : (deletions.at(-1)?.seq ?? newest),
  )
  const changes: ChangedRow<Run>[] = [
    ...runs.map((row) => ({
      seq: row.lastSeq,
      change: row.firstSeq > after ? ('CREATED' as const) : ('UPDATED' as const),
      id: row.id,
      row,
    })),
    ...deletions.map(({ seq, deletedId }) => ({ seq, change: 'DELETED' as const, id: deletedId ?? '', row: null })),
  ]
  return { changes: changes.filter(({ seq }) => seq <= upTo).sort((a, b) => a.seq - b.seq), upTo }
}
