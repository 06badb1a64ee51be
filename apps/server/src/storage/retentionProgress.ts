import type { Read } from '@hourglass/protocol'
import { z } from 'zod'
import type { Transaction } from '../database/Database.js'
import { type LabSetting, readSetting, removeSetting, writeSetting } from '../database/labSettings.js'

const progressSchema = z.object({
  /** What runs that have ended are brought to, as it was confirmed. */
  bytes: z.int(),
  epochs: z.int(),
  /** Run whose files are being changed; null before the first. */
  runId: z.string().nullable(),
})

/** How far retention has come that is being applied to runs that have ended. */
export type RetentionProgress = z.output<typeof progressSchema>

const setting: LabSetting<RetentionProgress> = {
  name: 'retention',
  format: { subject: 'progress of retention', schema: progressSchema, upgrades: [] },
}

/** Null where none is being applied; says why where this version cannot read how far it has come. */
export function readRetentionProgress(read: Pick<Transaction, '$queryRaw'>): Promise<Read<RetentionProgress> | null> {
  return readSetting(read, setting)
}

/** Stores how far retention has come, in the caller’s transaction. */
export function writeRetentionProgress(transaction: Pick<Transaction, 'labSetting'>, value: RetentionProgress): Promise<void> {
  return writeSetting(transaction, setting, value)
}

/** Forgets how far retention has come, once it is done. */
export function endRetention(transaction: Pick<Transaction, 'labSetting'>): Promise<void> {
  return removeSetting(transaction, setting)
}
