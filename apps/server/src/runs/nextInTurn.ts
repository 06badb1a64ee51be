import type { Transaction } from '../database/Database.js'
import type { Run } from '../generated/prisma/client.js'

/**
 * Finds the queued run that is to be given to a worker next: one that was interrupted, else one of the client who has waited longest since a run of its own
 * was, and of its runs the oldest. Null where none is queued.
 */
export async function nextInTurn(transaction: Transaction): Promise<Run | null> {
  const interrupted = await transaction.run.findFirst({ where: { status: 'QUEUED', wasInterrupted: true }, orderBy: { number: 'asc' } })
  if (interrupted) return interrupted
  const [next] = await transaction.$queryRaw<{ number: number | bigint }[]>`
    SELECT MIN(number) AS number FROM Run AS queued WHERE status = 'QUEUED' GROUP BY client
    ORDER BY (SELECT MAX(claimedSeq) FROM Run WHERE Run.client = queued.client), MIN(number) LIMIT 1`
  return next ? transaction.run.findUnique({ where: { number: Number(next.number) } }) : null
}
