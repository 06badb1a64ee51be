import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { selectionSchema } from './copySelection.js'
import { UpkeepError } from './UpkeepError.js'

/** What a backup says of itself, in its `backup.json`. */
const backupManifestSchema = z.object({
  format: z.literal('hourglass-backup'),
  version: z.literal(1),
  /** When its copying ended, as ISO 8601 in UTC. */
  createdAt: z.iso.datetime(),
  /** Data folder that it was made of; missing where it was made for others. */
  source: z.string().optional(),
  /** What it holds, where that is not all of a lab. */
  selection: selectionSchema.optional(),
  /** Newest migration of its database. */
  migration: z.string().nullable(),
})
export type BackupManifest = z.output<typeof backupManifestSchema>

export const MANIFEST = 'backup.json'

/** Reads what a backup says of itself; throws an UpkeepError where this version does not know its form. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, MANIFEST)
  try {
    return backupManifestSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new UpkeepError(
      `${MANIFEST}: expected the description of a backup of version 1, got another. A newer Hourglass may have made it: update this one.`,
      { cause },
    )
  }
}
