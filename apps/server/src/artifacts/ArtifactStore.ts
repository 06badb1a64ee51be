import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type ArtifactRef, artifactNames } from '@hourglass/protocol'
import { LRUCache } from 'lru-cache'
import type { Database } from '../database/Database.js'
import type { Artifact, Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { RunFolders } from './RunFolders.js'

export interface RunFile {
  readonly name: string
  readonly bytes: number
}

/** Files whose content was found to be what was written; checked again when they change. */
const MAXIMUM_CHECKED = 10_000
/** Bytes that are hashed at a time, in about a millisecond. */
const PIECE = 512 * 1024

/** Knows the files of runs, and reads none whose content is not what was written. */
export class ArtifactStore {
  readonly #database: Database
  readonly #folders: RunFolders
  readonly #checked = new LRUCache<string, true>({ max: MAXIMUM_CHECKED })
  readonly #hashing = new Map<string, Promise<Buffer>>()

  constructor(database: Database, folders: RunFolders) {
    this.#database = database
    this.#folders = folders
  }

  /** Lists a run's files by name, with the log that its workers wrote. */
  async list({ id, number }: Run): Promise<readonly RunFile[]> {
    const artifacts = await this.#database.read.artifact.findMany({ where: { runNumber: number }, select: { name: true, bytes: true } })
    const log = await this.#folders
      .locate(id, artifactNames.log)
      .then((path) => stat(path))
      .catch(() => null)
    const files = log ? [...artifacts, { name: artifactNames.log, bytes: log.size }] : artifacts
    return files.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Lists what a worker may need to go on with a run: training states, the model that it starts from, and the checkpoint of the last epoch. */
  async neededBy({ number, epochs }: Run): Promise<readonly ArtifactRef[]> {
    const last = epochs === null ? [] : [artifactNames.checkpoint(epochs)]
    const rows = await this.#database.read.artifact.findMany({
      where: { runNumber: number, OR: [{ type: { in: ['resume', 'start'] } }, { name: { in: last } }] },
    })
    return rows.map(toRef)
  }

  async find(runNumber: number, name: string): Promise<Artifact | null> {
    return this.#database.read.artifact.findUnique({ where: { runNumber_name: { runNumber, name } } })
  }

  /**
   * Locates a file that is what was written. Throws ARTIFACT_MISSING or ARTIFACT_DAMAGED where it is not, EPOCH_NOT_FOUND where the run has none of the
   * name.
   */
  async locate(run: Run, name: string): Promise<string> {
    const artifact = await this.find(run.number, name)
    if (!artifact) throw new HourglassError(errorCodes.epochNotFound, `${name}: expected a file of run ${run.id}, got none of the name.`)
    const path = await this.#locate(run, name)
    await this.#check(path, artifact)
    return path
  }

  /** Tells whether a run has a file, and it is what was written. */
  async isWhole(run: Run, name: string): Promise<boolean> {
    return this.locate(run, name).then(
      () => true,
      (error: unknown) => {
        if (error instanceof HourglassError) return false
        throw error
      },
    )
  }

  /** Reads the first bytes of a file, unchecked; throws ARTIFACT_MISSING where it is not there. */
  async readStart(run: Run, name: string, bytes: number): Promise<Uint8Array> {
    const path = await this.#locate(run, name)
    const file = await open(path).catch((cause: unknown) => {
      throw missing(name, cause)
    })
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  async #locate(run: Run, name: string): Promise<string> {
    return this.#folders.locate(run.id, name).catch((cause: unknown) => {
      throw missing(name, cause)
    })
  }

  async #check(path: string, { name, sha256 }: Artifact): Promise<void> {
    const info = await stat(path).catch((cause: unknown) => {
      throw missing(name, cause)
    })
    const key = `${path}\n${info.mtimeMs}\n${info.size}`
    if (sha256 === null || this.#checked.has(key)) return
    const hash = await this.#hash(path, key).catch((cause: unknown) => {
      throw missing(name, cause)
    })
    if (hash.equals(sha256)) this.#checked.set(key, true)
    else throw damaged(name, sha256, hash)
  }

  /** Hashes a file a piece at a time, once for all who ask meanwhile. */
  #hash(path: string, key: string): Promise<Buffer> {
    const shared = this.#hashing.get(key)
    if (shared) return shared
    const hash = createHash('sha256')
    const hashing = pipeline(createReadStream(path, { highWaterMark: PIECE }), hash)
      .then(() => hash.digest())
      .finally(() => this.#hashing.delete(key))
    this.#hashing.set(key, hashing)
    return hashing
  }
}

function toRef({ name, type, bytes, sha256 }: Artifact): ArtifactRef {
  return { name, type, bytes, sha256: sha256 && Buffer.from(sha256).toString('hex') }
}

function missing(name: string, cause: unknown): HourglassError {
  if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  return new HourglassError(
    errorCodes.artifactMissing,
    `${name}: expected a file of the run, got none. It was removed from the data folder; restore it from a copy, or train the run again.`,
  )
}

function damaged(name: string, expected: Uint8Array, got: Uint8Array): HourglassError {
  const start = (hash: Uint8Array) => `${Buffer.from(hash).toString('hex').slice(0, 12)}…`
  return new HourglassError(
    errorCodes.artifactDamaged,
    `${name}: expected the content that was written (SHA-256 ${start(expected)}), got other bytes (${start(got)}). Restore the file from a copy, or train the run again.`,
  )
}
