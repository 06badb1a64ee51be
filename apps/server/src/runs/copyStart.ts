import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type ArtifactRef, artifactNames } from '@hourglass/protocol'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { requireEpoch } from '../artifacts/requireEpoch.js'
import { damagedFile, type StoredFile } from '../artifacts/StoredFile.js'
import { UNFINISHED } from '../artifacts/sweepUnfinished.js'
import { useModel } from '../artifacts/useModel.js'
import { createId } from '../createId.js'
import type { RunStart } from './RunFacts.js'
import type { Run } from './RunReader.js'

/** What copying a model needs. */
export interface StartCopying {
  readonly artifacts: ArtifactStore
  readonly folders: RunFolders
}

export interface StartingPoint {
  readonly parent: Run
  readonly epoch: number
}

/**
 * Copies the model of one epoch into the folder of a run that is to start from it, launches that with `work`, and takes the copy away where that fails. The
 * new run owes nothing to the earlier one from then on. Throws EPOCH_NOT_FOUND, ARTIFACT_MISSING or ARTIFACT_DAMAGED.
 */
export async function withCopiedStart<Result>(
  { artifacts, folders }: StartCopying,
  { parent, epoch }: StartingPoint,
  work: (start: RunStart) => Promise<Result>,
): Promise<Result> {
  const runId = createId()
  const folder = await folders.create(runId)
  try {
    const path = folders.pathOf(runId, artifactNames.start)
    const model = await useModel(artifacts, { run: parent, epoch: requireEpoch(parent, epoch) }, (checkpoint) =>
      copyModel(checkpoint, path),
    )
    const { id, number, name } = parent
    return await work({ runId, parent: { id, number, name, epoch }, model })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Copies a file whole or not at all, and says what it holds. Throws ARTIFACT_DAMAGED where that is not what was written. */
async function copyModel({ name, path: source, offset, bytes: size, sha256 }: StoredFile, path: string): Promise<ArtifactRef> {
  const hash = createHash('sha256')
  let bytes = 0
  const unfinished = `${path}${UNFINISHED}`
  const target = await open(unfinished, 'w')
  await pipeline(
    createReadStream(source, { start: offset, end: offset + size - 1 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    target.createWriteStream({ flush: true }),
  )
  const copied = hash.digest()
  // What lies there may have changed since it was looked at: the copy alone is what the run starts from.
  if (sha256 !== null && !copied.equals(sha256)) throw damagedFile(name, sha256, copied)
  await rename(unfinished, path)
  return { name: artifactNames.start, type: 'start', bytes, sha256: copied.toString('hex') }
}
