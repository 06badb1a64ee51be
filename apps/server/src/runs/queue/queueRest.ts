import { z } from 'zod'
import type { Transaction } from '../../database/Database.js'
import { type LabSetting, readSetting, writeSetting } from '../../database/labSettings.js'
import { appendLabEvent } from '../labEvents.js'

const setting: LabSetting<{ isPaused: boolean }> = {
  name: 'queue',
  format: { subject: 'rest of the queue', schema: z.object({ isPaused: z.boolean() }), upgrades: [] },
}

/** Whether the queue rests, and why that is not known where this version cannot read it. */
export interface QueueRest {
  readonly isPaused: boolean
  readonly problem: string | null
}

/** Reads whether no run is given to a worker until somebody says so. Where that cannot be read, none is: somebody may have paused it for a reason. */
export async function readQueueRest(read: Pick<Transaction, '$queryRaw'>): Promise<QueueRest> {
  const stored = await readSetting(read, setting)
  if (!stored) return { isPaused: false, problem: null }
  return 'value' in stored ? { ...stored.value, problem: null } : { isPaused: true, problem: stored.problem }
}

export async function isQueuePaused(read: Pick<Transaction, '$queryRaw'>): Promise<boolean> {
  return (await readQueueRest(read)).isPaused
}

/** Lets the queue rest, or go on; false where it does so already. Runs that train are not touched. */
export async function setQueuePaused(transaction: Transaction, isPaused: boolean): Promise<boolean> {
  const rest = await readQueueRest(transaction)
  if (rest.problem === null && rest.isPaused === isPaused) return false
  await writeSetting(transaction, setting, { isPaused })
  await appendLabEvent(transaction, isPaused ? 'QUEUE_PAUSED' : 'QUEUE_RESUMED', {})
  return true
}
