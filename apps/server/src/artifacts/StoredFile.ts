import { artifactNames } from '@hourglass/protocol'
import type { Artifact } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'

/** A file of a run on the disk: a part of a pack, or the whole of what lies at the path. */
export interface StoredFile {
  readonly name: string
  readonly path: string
  readonly offset: number
  readonly bytes: number
  /** Of its content; null for files of versions that computed none. */
  readonly sha256: Uint8Array | null
}

/** Names what lies in a run's folder and holds a file. */
export function holderOf({ name, pack }: Pick<Artifact, 'name' | 'pack'>): string {
  return pack === null ? name : artifactNames.pack(pack)
}

/** Names a place that another process reads, with the hash that it compares what it reads with. */
export function placeOf({ path, offset, bytes, sha256 }: StoredFile) {
  return { path, offset, bytes, sha256: sha256 && Buffer.from(sha256).toString('hex') }
}

/** Says that a file which is listed is not there. */
export function missingFile(name: string, cause: unknown): HourglassError {
  return new HourglassError(
    errorCodes.artifactMissing,
    `${name}: expected a file of the run, got none. It was removed from the data folder; restore it from a copy, or train the run again.`,
  ).causedBy(cause)
}

/** Says that a file is not what was written. */
export function damagedFile(name: string, expected: Uint8Array, got: Uint8Array): HourglassError {
  const start = (hash: Uint8Array) => `${Buffer.from(hash).toString('hex').slice(0, 12)}…`
  return new HourglassError(
    errorCodes.artifactDamaged,
    `${name}: expected the content that was written (SHA-256 ${start(expected)}), got other bytes (${start(got)}). Restore the file from a copy, or train the run again.`,
  )
}
