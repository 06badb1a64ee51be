import type { Run } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { RunFacts } from '../RunFacts.js'
import { runNotFound } from '../requireRuns.js'
import { readQueue, type WaitingRun } from './readQueue.js'

/** Where a run is to wait: before or behind all others, or beside another one, by its id. */
export type QueueTarget = { readonly first: true } | { readonly last: true } | { readonly before: string } | { readonly after: string }

/**
 * Moves a run that waits to another place. It and all that are ahead of it then keep their order, whatever turns clients take behind them; runs that were
 * interrupted stay ahead of all. Throws RUN_NOT_FOUND or RUN_NOT_QUEUED.
 */
export async function moveInQueue(facts: RunFacts, id: string, target: QueueTarget): Promise<Run> {
  const { transaction } = facts
  const queue = await readQueue(transaction)
  const moved = await requireQueued(facts, queue, id)
  const others = queue.filter((run) => run.id !== id)
  const order = [...others]
  order.splice(await indexOf(facts, others, target), 0, moved)
  // An interrupted run that is moved waits like any other.
  const free = order.filter((run) => run.id === id || !run.wasInterrupted)
  const last = free.findLastIndex((run) => run.id === id || run.place !== null)
  for (const [index, run] of free.slice(0, last + 1).entries()) {
    if (run.place !== index + 1) await transaction.run.update({ where: { number: run.number }, data: { queuePlace: index + 1 } })
  }
  return facts.append(moved.number, { kind: 'MOVED_IN_QUEUE', payload: {}, data: { wasInterrupted: false } })
}

async function indexOf(facts: RunFacts, others: readonly WaitingRun[], target: QueueTarget): Promise<number> {
  if ('first' in target) return 0
  if ('last' in target) return others.length
  const beside = await requireQueued(facts, others, 'before' in target ? target.before : target.after)
  return others.indexOf(beside) + ('after' in target ? 1 : 0)
}

async function requireQueued({ transaction }: RunFacts, queue: readonly WaitingRun[], id: string): Promise<WaitingRun> {
  const waiting = queue.find((run) => run.id === id)
  if (waiting) return waiting
  const run = await transaction.run.findUnique({ where: { id, deletedAt: null }, select: { status: true } })
  if (!run) throw runNotFound([id])
  const got = run.status === 'QUEUED' ? 'the run itself' : `one that is ${run.status}`
  throw new HourglassError(errorCodes.runNotQueued, `Expected a run that is QUEUED and another one beside it, got ${got}.`, {
    status: run.status,
  })
}
