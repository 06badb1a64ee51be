import type { Transaction } from '../database/Database.js'
import type { Run } from '../generated/prisma/client.js'

/**
 * Finds the queued run that is to be given to a worker next: one that was interrupted, else one of the client who has waited longest since a run of its own
 * was, and of its runs the oldest. Null where none is queued.
 *
 * @param except Numbers of runs that are passed over.
 */
export async function nextInTurn(transaction: Transaction, except: readonly number[] = []): Promise<Run | null> {
  const interrupted = await transaction.run.findFirst({
    where: { status: 'QUEUED', wasInterrupted: true, number: { notIn: [...except] } },
    orderBy: { number: 'asc' },
  })
  if (interrupted) return interrupted
  const passed = JSON.stringify(except)
  const [next] = await transaction.$queryRaw<{ number: number | bigint }[]>`
    SELECT MIN(number) AS number FROM Run AS queued WHERE status = 'QUEUED' AND number NOT IN (SELECT value FROM json_each(${passed})) GROUP BY client
    ORDER BY (SELECT MAX(claimedSeq) FROM Run WHERE Run.client = queued.client), MIN(number) LIMIT 1`
  return next ? transaction.run.findUnique({ where: { number: Number(next.number) } }) : null
}
