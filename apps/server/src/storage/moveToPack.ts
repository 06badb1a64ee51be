import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ArtifactRef } from '@hourglass/protocol'
import { holderOf } from '../artifacts/StoredFile.js'
import type { Artifact } from '../generated/prisma/client.js'

export interface MoveToPackOptions {
  /** Files of one run. */
  readonly files: readonly Artifact[]
  readonly pack: number
  /** Locates what lies in the run's folder; rejects where a link would lead out of it, or nothing is there. */
  readonly locate: (name: string) => Promise<string>
  /** Path of the new pack. */
  readonly path: string
}

/** Copied and hashed at a time, in about a millisecond. */
const PIECE = 512 * 1024
const { O_WRONLY, O_CREAT, O_EXCL } = constants

/**
 * Copies files behind each other into a new pack, and resolves once they stand on the disk with how they are to be listed. One that is missing or not what was
 * written is left where it is: nothing is listed with content that nobody wrote.
 */
export async function moveToPack({ files, pack, locate, path }: MoveToPackOptions): Promise<ArtifactRef[]> {
  // What lies there is listed nowhere, and might have a second name in a backup.
  await rm(path, { force: true })
  const target = await open(path, O_WRONLY | O_CREAT | O_EXCL)
  const moved: ArtifactRef[] = []
  let end = 0
  try {
    for (const file of files) {
      const sha256 = await copyPart(file, { target, position: end, locate })
      if (sha256 === null) continue
      moved.push({ name: file.name, type: file.type, bytes: file.bytes, sha256, place: { pack, offset: end } })
      end += file.bytes
    }
    await target.truncate(end)
    await target.datasync()
  } finally {
    await target.close()
  }
  return moved
}

interface Copying {
  readonly target: FileHandle
  readonly position: number
  readonly locate: MoveToPackOptions['locate']
}

/** Copies one file and returns its hash; null where it is not what was written. */
async function copyPart(file: Artifact, { target, position, locate }: Copying): Promise<string | null> {
  const source = await locate(holderOf(file))
    .then((path) => open(path))
    .catch(() => null)
  if (!source) return null
  const hash = createHash('sha256')
  try {
    const piece = Buffer.alloc(Math.min(PIECE, file.bytes))
    for (let done = 0; done < file.bytes; ) {
      const { bytesRead } = await source.read(piece, 0, Math.min(piece.length, file.bytes - done), file.offset + done)
      if (bytesRead === 0) return null
      hash.update(piece.subarray(0, bytesRead))
      for (let written = 0; written < bytesRead; )
        written += (await target.write(piece, written, bytesRead - written, position + done + written)).bytesWritten
      done += bytesRead
      await nextTurn()
    }
  } finally {
    await source.close()
  }
  const digest = hash.digest()
  return file.sha256 === null || digest.equals(file.sha256) ? digest.toString('hex') : null
}
