import { networkOf } from '../../clients/Launchers.js'
import type { Transaction } from '../../database/Database.js'
import { groupBy } from '../../groupBy.js'
import { type LastClaims, readLastClaims } from './lastClaims.js'

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
 * order, and then networks in turn, of each its clients in turn, each one's oldest first. Who launches more meanwhile takes part in the turns.
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
  const claims = await readLastClaims(
    read,
    inTurn.map(({ client }) => client),
  )
  // Whose run goes ahead has had a turn with it.
  for (const [index, { client }] of ahead.entries()) {
    const turn = Number.MAX_SAFE_INTEGER - ahead.length + index
    claims.ofClients.set(client, turn)
    claims.ofNetworks.set(networkOf(client), turn)
  }
  return [...ahead, ...takeTurns(inTurn, claims)]
}

const isPlaced = ({ wasInterrupted, place }: WaitingRun) => !wasInterrupted && place !== null

/**
 * Orders runs as turns come: the network that has waited longest since a run of its own was taken is next, of that the client who has, and of its runs the
 * oldest; then both are behind all others.
 */
function takeTurns(runs: readonly WaitingRun[], claims: LastClaims): readonly WaitingRun[] {
  const oldest = ([first]: readonly WaitingRun[]) => first?.number ?? 0
  const clients = [...groupBy(runs, ({ client }) => client)]
    .map(([client, own]) => ({ network: networkOf(client), claim: claims.ofClients.get(client) ?? 0, runs: own }))
    .sort((a, b) => a.claim - b.claim || oldest(a.runs) - oldest(b.runs))
  const networks = [...groupBy(clients, ({ network }) => network)]
    .map(([network, own]) => {
      const first = Math.min(...own.map((each) => oldest(each.runs)))
      return { claim: claims.ofNetworks.get(network) ?? 0, first, runs: inRounds(own.map((each) => each.runs)) }
    })
    .sort((a, b) => a.claim - b.claim || a.first - b.first)
  return inRounds(networks.map((each) => each.runs))
}

/** Takes one of each list in turn, until all are empty. */
function inRounds<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const rounds = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1))).flat()
}
