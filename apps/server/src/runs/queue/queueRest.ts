import { z } from 'zod'
import type { Transaction } from '../../database/Database.js'
import { appendLabEvent } from '../labEvents.js'

const NAME = 'queue'
const settingSchema = z.object({ isPaused: z.boolean() })

/** Whether no run is given to a worker until somebody says so. One that this version cannot read is none. */
export async function isQueuePaused(read: Pick<Transaction, 'labSetting'>): Promise<boolean> {
  const setting = await read.labSetting.findUnique({ where: { name: NAME } })
  return settingSchema.safeParse(setting?.value).data?.isPaused ?? false
}

/** Lets the queue rest, or go on; false where it does so already. Runs that train are not touched. */
export async function setQueuePaused(transaction: Transaction, isPaused: boolean): Promise<boolean> {
  if ((await isQueuePaused(transaction)) === isPaused) return false
  const value = { isPaused }
  await transaction.labSetting.upsert({ where: { name: NAME }, create: { name: NAME, value }, update: { value } })
  await appendLabEvent(transaction, isPaused ? 'QUEUE_PAUSED' : 'QUEUE_RESUMED', {})
  return true
}
