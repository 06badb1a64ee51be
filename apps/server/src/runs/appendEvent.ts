import type { Transaction } from '../database/Database.js'
import type { Prisma, Run } from '../generated/prisma/client.js'

type NewEvent = Omit<Prisma.RunEventUncheckedCreateInput, 'runId' | 'seq'>

/** Gives an event the run's next number, in the transaction that stores what it reports. */
export async function appendEvent(
  transaction: Transaction,
  runId: string,
  event: NewEvent,
  data: Prisma.RunUpdateInput = {},
): Promise<Run> {
  const run = await transaction.run.update({ where: { id: runId }, data: { ...data, lastSeq: { increment: 1 } } })
  await transaction.runEvent.create({ data: { ...event, runId, seq: run.lastSeq } })
  return run
}
