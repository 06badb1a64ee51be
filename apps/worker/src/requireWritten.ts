import { hashOf } from './hashOf.js'
import { WorkerError } from './WorkerError.js'

/** Throws ARTIFACT_DAMAGED where a content that was read is not what was written; a null hash is one that nobody computed. */
export function requireWritten(name: string, content: Uint8Array, sha256: string | null): void {
  if (sha256 === null || hashOf(content) === sha256) return
  throw new WorkerError(
    'ARTIFACT_DAMAGED',
    `${name}: expected the content that was written (SHA-256 ${sha256.slice(0, 12)}…), got other bytes. The file was changed or the disk is failing.`,
  )
}
