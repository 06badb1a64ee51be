import { open, stat } from 'node:fs/promises'
import { type ArtifactRef, type ArtifactType, artifactNames, isUnreadableFile } from '@hourglass/protocol'
import type { Database } from '../database/Database.js'
import type { Artifact, Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { FileHashes } from './FileHashes.js'
import type { RunFolders } from './RunFolders.js'
import { damagedFile, holderOf, missingFile, type StoredFile } from './StoredFile.js'
import { nameOfStored, readNames, storedName, storedType } from './storedNames.js'

export interface RunFile {
  readonly name: string
  readonly bytes: number
}

/** Knows the files of runs, and reads none whose content is not what was written. */
export class ArtifactStore {
  readonly #database: Database
  readonly #folders: RunFolders
  readonly #hashes = new FileHashes()

  constructor(database: Database, folders: RunFolders) {
    this.#database = database
    this.#folders = folders
  }

  /** Lists a run's files by name, with the log that its workers wrote. */
  async list({ id, number }: Run): Promise<readonly RunFile[]> {
    const rows = await this.#database.read.artifact.findMany({ where: { runNumber: number }, select: { name: true, bytes: true } })
    const artifacts = rows.map(({ name, bytes }) => ({ name: nameOfStored(name), bytes }))
    const log = await this.#folders
      .locate(id, artifactNames.log)
      .then((path) => stat(path))
      .catch(() => null)
    const files = log ? [...artifacts, { name: artifactNames.log, bytes: log.size }] : artifacts
    return files.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Lists the files of a run as whoever trains it needs them. */
  async refsOf({ number }: Run): Promise<readonly ArtifactRef[]> {
    return (await this.#database.read.artifact.findMany({ where: { runNumber: number } })).map((row) => toRef(readNames(row)))
  }

  /** Names a run's files of one kind, in order. */
  async namesOf({ number }: Run, type: ArtifactType): Promise<readonly string[]> {
    const rows = await this.#database.read.artifact.findMany({
      where: { runNumber: number, type: storedType(type) },
      select: { name: true },
      orderBy: { name: 'asc' },
    })
    return rows.map(({ name }) => nameOfStored(name))
  }

  async find(runNumber: number, name: string): Promise<Artifact | null> {
    const row = await this.#database.read.artifact.findUnique({ where: { runNumber_name: { runNumber, name: storedName(name) } } })
    return row && readNames(row)
  }

  /**
   * Does `work` with a file that is what was written; once more where it lies elsewhere by then, as files do that a run packs anew while it trains.
   * Throws ARTIFACT_MISSING or ARTIFACT_DAMAGED where it is not, EPOCH_NOT_FOUND where the run has none of the name.
   */
  async use<Result>(run: Run, name: string, work: (file: StoredFile) => Promise<Result>): Promise<Result> {
    const artifact = await this.#require(run, name)
    try {
      return await work(await this.#open(run, artifact))
    } catch (error) {
      if (!(error instanceof HourglassError && error.code === errorCodes.artifactMissing)) throw error
      const now = await this.#require(run, name)
      if (now.pack === artifact.pack && now.offset === artifact.offset) throw error
      return work(await this.#open(run, now))
    }
  }

  /** Tells whether a run has a file, and it is what was written. */
  async isWhole(run: Run, name: string): Promise<boolean> {
    return this.use(run, name, async () => true).catch((error: unknown) => {
      if (error instanceof HourglassError) return false
      throw error
    })
  }

  /** Reads the first bytes of a file, unchecked; throws ARTIFACT_MISSING where it is not there. */
  async readStart(run: Run, artifact: Artifact, bytes: number): Promise<Uint8Array> {
    const path = await this.#locate(run, artifact)
    const file = await open(path).catch((cause: unknown) => {
      throw missing(artifact.name, cause)
    })
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, Math.min(bytes, artifact.bytes), artifact.offset)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  async #require(run: Run, name: string): Promise<Artifact> {
    const artifact = await this.find(run.number, name)
    if (artifact) return artifact
    throw new HourglassError(errorCodes.epochNotFound, `${name}: expected a file of run ${run.id}, got none of the name.`)
  }

  async #locate(run: Run, artifact: Artifact): Promise<string> {
    return this.#folders.locate(run.id, holderOf(artifact)).catch((cause: unknown) => {
      throw missing(artifact.name, cause)
    })
  }

  /** Locates a file and sees that it is what was written. */
  async #open(run: Run, artifact: Artifact): Promise<StoredFile> {
    const { name, offset, sha256 } = artifact
    const path = await this.#locate(run, artifact)
    const info = await stat(path).catch((cause: unknown) => {
      throw missing(name, cause)
    })
    const file = { name, path, offset, bytes: artifact.pack === null ? info.size : artifact.bytes, sha256 }
    if (sha256 === null) return file
    const hash = await this.#hashes.of(file, sha256).catch((cause: unknown) => {
      throw missing(name, cause)
    })
    if (!Buffer.from(sha256).equals(hash)) throw damagedFile(name, sha256, hash)
    return file
  }
}

function toRef({ name, type, bytes, sha256, pack, offset }: Artifact): ArtifactRef {
  return { name, type, bytes, sha256: sha256 && Buffer.from(sha256).toString('hex'), ...(pack === null ? {} : { place: { pack, offset } }) }
}

function missing(name: string, cause: unknown): HourglassError {
  const { code } = cause as NodeJS.ErrnoException
  if (isUnreadableFile(code)) {
    const message = `${name}: expected a file of the run, got one that cannot be read (${code}). Look at the disk and its permissions; restore the file from a copy, or train the run again.`
    return new HourglassError(errorCodes.artifactDamaged, message).causedBy(cause)
  }
  if (code !== 'ENOENT') throw cause
  return missingFile(name, cause)
}
