import { createHash } from 'node:crypto'
import { mkdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ArtifactRef, artifactRefSchema } from '@hourglass/protocol'
import type { ArtifactContent, Artifacts } from './Artifacts.js'
import { WorkerError } from './WorkerError.js'
import { type WriteWait, whenWritable } from './whenWritable.js'
import { writeAtomically } from './writeAtomically.js'

/** Keeps a run's files in a folder of this machine. */
export class FolderArtifacts implements Artifacts {
  readonly #folder: string
  readonly #wait: WriteWait

  constructor(folder: string, wait: WriteWait) {
    this.#folder = folder
    this.#wait = wait
  }

  async write({ name, type, content }: ArtifactContent): Promise<ArtifactRef> {
    const ref = artifactRefSchema.parse({ name, type, bytes: content.length, sha256: hashOf(content) })
    await whenWritable(async () => {
      await mkdir(dirname(this.#pathOf(name)), { recursive: true })
      await this.#requireInside(dirname(name), name)
      await writeAtomically(this.#pathOf(name), content)
    }, this.#wait)
    return ref
  }

  async read({ name, sha256 }: ArtifactRef): Promise<Uint8Array> {
    const content = await this.#read(name).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause
      throw new WorkerError('ARTIFACT_MISSING', `${name}: expected a file of the run, got none. It was removed from ${this.#folder}.`, {
        cause,
      })
    })
    if (sha256 === null || hashOf(content) === sha256) return content
    throw new WorkerError(
      'ARTIFACT_DAMAGED',
      `${name}: expected the content that was written (SHA-256 ${sha256.slice(0, 12)}…), got other bytes. The file in ${this.#folder} was changed or the disk is failing.`,
    )
  }

  async #read(name: string): Promise<Uint8Array> {
    await this.#requireInside(name, name)
    return readFile(this.#pathOf(name))
  }

  /** Throws ARTIFACT_MISSING where a symbolic link would lead out of the folder. */
  async #requireInside(path: string, name: string): Promise<void> {
    const expected = join(await realpath(this.#folder), ...path.split('/'))
    if ((await realpath(expected)) === expected) return
    throw new WorkerError(
      'ARTIFACT_MISSING',
      `${name}: expected a file in ${this.#folder}, got a symbolic link there or on the way, and links are not followed. Put the file itself in its place.`,
    )
  }

  #pathOf(name: string): string {
    return join(this.#folder, ...name.split('/'))
  }
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
