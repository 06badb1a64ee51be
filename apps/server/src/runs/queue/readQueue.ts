import type { Transaction } from '../../database/Database.js'
import { Prisma } from '../../generated/prisma/client.js'

/** A run that waits. */
export interface WaitingRun {
  readonly number: number
  readonly id: string
  readonly client: string
  readonly wasInterrupted: boolean
  /** Among those that somebody has put in order; null for those that take turns. */
  readonly place: number | null
}

/**
 * Reads the runs that wait in the order in which they are given to workers, in two statements: those that were interrupted, those that somebody has put in
 * order, and then clients in turn, each one's oldest first. Who launches more meanwhile takes part in the turns.
 */
export async function readQueue(read: Pick<Transaction, 'run' | '$queryRaw'>): Promise<readonly WaitingRun[]> {
  const rows = await read.run.findMany({
    where: { status: 'QUEUED', deletedAt: null },
    select: { number: true, id: true, client: true, wasInterrupted: true, queuePlace: true },
    orderBy: { number: 'asc' },
  })
  const waiting = rows.map(({ queuePlace, ...run }) => ({ ...run, place: queuePlace }))
  const ahead = [
    ...waiting.filter(({ wasInterrupted }) => wasInterrupted),
    ...waiting.filter(isPlaced).sort((a, b) => (a.place ?? 0) - (b.place ?? 0) || a.number - b.number),
  ]
  const inTurn = waiting.filter(({ wasInterrupted, place }) => !wasInterrupted && place === null)
  const claims = await lastClaims(read, inTurn)
  // Whose run goes ahead has had a turn with it.
  for (const [index, { client }] of ahead.entries()) claims.set(client, Number.MAX_SAFE_INTEGER - ahead.length + index)
  return [...ahead, ...takeTurns(inTurn, claims)]
}

const isPlaced = ({ wasInterrupted, place }: WaitingRun) => !wasInterrupted && place !== null

/** When each client was last given a worker. */
async function lastClaims(read: Pick<Transaction, '$queryRaw'>, runs: readonly WaitingRun[]): Promise<Map<string, number>> {
  const clients = [...new Set(runs.map(({ client }) => client))]
  if (clients.length === 0) return new Map()
  const rows = await read.$queryRaw<{ client: string; claimedSeq: bigint }[]>`
    SELECT client, MAX(claimedSeq) AS claimedSeq FROM Run WHERE client IN (${Prisma.join(clients)}) GROUP BY client`
  return new Map(rows.map(({ client, claimedSeq }) => [client, Number(claimedSeq)]))
}

/** Who has waited longest since a run of its own was taken is next, and then behind all others. */
function takeTurns(runs: readonly WaitingRun[], claims: ReadonlyMap<string, number>): readonly WaitingRun[] {
  const byClient = new Map<string, WaitingRun[]>()
  for (const run of runs) byClient.set(run.client, [...(byClient.get(run.client) ?? []), run])
  const firstOf = (client: string) => byClient.get(client)?.[0]?.number ?? 0
  const clients = [...byClient.keys()].sort((a, b) => (claims.get(a) ?? 0) - (claims.get(b) ?? 0) || firstOf(a) - firstOf(b))
  const rounds = Math.max(0, ...[...byClient.values()].map(({ length }) => length))
  return Array.from({ length: rounds }, (_, round) => clients.flatMap((client) => byClient.get(client)?.[round] ?? [])).flat()
}
