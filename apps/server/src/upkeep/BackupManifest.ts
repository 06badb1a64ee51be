import { z } from 'zod'

/** What a backup says of itself, in its `backup.json`. */
export const backupManifestSchema = z.object({
  format: z.literal('hourglass-backup'),
  version: z.literal(1),
  /** When its copying ended, as ISO 8601 in UTC. */
  createdAt: z.iso.datetime(),
  /** Data folder that it was made of. */
  source: z.string(),
  /** Newest migration of its database. */
  migration: z.string().nullable(),
})
export type BackupManifest = z.output<typeof backupManifestSchema>

export const MANIFEST = 'backup.json'
