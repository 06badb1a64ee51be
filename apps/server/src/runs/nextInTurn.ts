import { NETWORK_LENGTH } from '../clients/Launchers.js'
import type { Transaction } from '../database/Database.js'
import type { Run } from '../generated/prisma/client.js'
import { lastClaimOfNetwork } from './queue/lastClaims.js'
import { isQueuePaused } from './queue/queueRest.js'

/**
 * Finds the queued run that is to be given to a worker next: one that was interrupted, else the first of those that somebody has put in order, else one of the
 * network that has waited longest since a run of its own was, of that the client who has, and of its runs the oldest. Null where none is queued, or the queue
 * rests; runs in the trash are never given to one. readQueue tells of all that wait in the same order.
 *
 * @param except Numbers of runs that are passed over.
 */
export async function nextInTurn(transaction: Transaction, except: readonly number[] = []): Promise<Run | null> {
  if (await isQueuePaused(transaction)) return null
  const waiting = { status: 'QUEUED' as const, deletedAt: null, number: { notIn: [...except] } }
  const interrupted = await transaction.run.findFirst({
    where: { ...waiting, wasInterrupted: true },
    orderBy: { number: 'asc' },
  })
  if (interrupted) return interrupted
  const placed = await transaction.run.findFirst({
    where: { ...waiting, queuePlace: { not: null } },
    orderBy: [{ queuePlace: 'asc' }, { number: 'asc' }],
  })
  if (placed) return placed
  const passed = JSON.stringify(except)
  const [next] = await transaction.$queryRaw<{ number: number | bigint }[]>`
    WITH
      clients AS (
        SELECT client, substr(client, 1, ${NETWORK_LENGTH}) AS network, MIN(number) AS oldest FROM Run
        WHERE status = 'QUEUED' AND +deletedAt IS NULL AND number NOT IN (SELECT value FROM json_each(${passed})) GROUP BY client
      ),
      next AS (
        SELECT network FROM (SELECT network, MIN(oldest) AS oldest FROM clients GROUP BY network) AS waiting
        ORDER BY ${lastClaimOfNetwork}, oldest LIMIT 1
      )
    SELECT oldest AS number FROM clients
    WHERE network = (SELECT network FROM next)
    ORDER BY (SELECT MAX(claimedSeq) FROM Run WHERE Run.client = clients.client), oldest LIMIT 1`
  return next ? transaction.run.findUnique({ where: { number: Number(next.number) } }) : null
}
