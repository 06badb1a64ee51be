import { type Format, type Read, readStored, versionOf } from '@hourglass/protocol'
import { z } from 'zod'
import type { Prisma } from '../generated/prisma/client.js'
import type { Transaction } from './Database.js'

/** A setting of the whole lab, by the name of its row. */
export interface LabSetting<Value> {
  readonly name: string
  readonly format: Format<Value>
}

const envelope = z.strictObject({ version: z.int(), value: z.unknown() })

/** Reads a setting by the version that wrote it, and says why where it cannot be read; null where nobody has set it. */
export async function readSetting<Value>(
  read: Pick<Transaction, '$queryRaw'>,
  { name, format }: LabSetting<Value>,
): Promise<Read<Value> | null> {
  const [row] = await read.$queryRaw<{ value: string }[]>`SELECT CAST(value AS TEXT) AS value FROM LabSetting WHERE name = ${name}`
  if (!row) return null
  let stored: unknown
  try {
    stored = JSON.parse(row.value)
  } catch {
    return { problem: `${format.subject}: expected JSON, got another text.` }
  }
  const { data } = envelope.safeParse(stored)
  // Versions before the envelope wrote the value alone, as version 1 has it.
  return readStored(format, { version: data?.version ?? 1, value: data ? data.value : stored })
}

/** Stores a setting with the version of its format, in the caller’s transaction. */
export async function writeSetting<Value extends Prisma.InputJsonObject>(
  transaction: Pick<Transaction, 'labSetting'>,
  { name, format }: LabSetting<Value>,
  value: Value,
): Promise<void> {
  const stored = { version: versionOf(format), value }
  await transaction.labSetting.upsert({ where: { name }, create: { name, value: stored }, update: { value: stored } })
}

/** Forgets a setting, in the caller’s transaction. */
export async function removeSetting(transaction: Pick<Transaction, 'labSetting'>, { name }: LabSetting<unknown>): Promise<void> {
  await transaction.labSetting.deleteMany({ where: { name } })
}
