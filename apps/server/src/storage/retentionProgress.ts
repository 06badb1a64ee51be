import { z } from 'zod'
import type { Transaction } from '../database/Database.js'

const NAME = 'retention'
const progressSchema = z.object({
  /** What runs that have ended are brought to, as it was confirmed. */
  bytes: z.int(),
  epochs: z.int(),
  /** Run whose files are being changed; null before the first. */
  runId: z.string().nullable(),
})

/** How far retention has come that is being applied to runs that have ended. */
export type RetentionProgress = z.output<typeof progressSchema>

/** Null where none is being applied, or this version cannot read how far it has come. */
export async function readRetentionProgress(read: Pick<Transaction, 'labSetting'>): Promise<RetentionProgress | null> {
  const setting = await read.labSetting.findUnique({ where: { name: NAME } })
  return progressSchema.safeParse(setting?.value).data ?? null
}

/** Stores how far retention has come, in the caller’s transaction. */
export async function writeRetentionProgress(transaction: Pick<Transaction, 'labSetting'>, value: RetentionProgress): Promise<void> {
  await transaction.labSetting.upsert({ where: { name: NAME }, create: { name: NAME, value }, update: { value } })
}

/** Forgets how far retention has come, once it is done. */
export async function endRetention(transaction: Pick<Transaction, 'labSetting'>): Promise<void> {
  await transaction.labSetting.deleteMany({ where: { name: NAME } })
}
