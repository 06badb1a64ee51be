import { mkdir, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ArtifactRef, artifactNames, artifactRefSchema, isUnreadableFile, packNumber } from '@hourglass/protocol'
import type { ArtifactContent, Artifacts } from './Artifacts.js'
import { hashOf } from './hashOf.js'
import { PackFile } from './PackFile.js'
import { readPart } from './readPart.js'
import { requireWritten } from './requireWritten.js'
import { WorkerError } from './WorkerError.js'
import { type WriteWait, whenWritable } from './whenWritable.js'
import { writeAtomically } from './writeAtomically.js'

/** Keeps a run's files in a folder of this machine. */
export class FolderArtifacts implements Artifacts {
  readonly #folder: string
  readonly #attempt: number
  readonly #wait: WriteWait
  #packs = 0
  #pack: PackFile | undefined

  /** @param attempt Attempt that writes: packs are its own. */
  constructor(folder: string, attempt: number, wait: WriteWait) {
    this.#folder = folder
    this.#attempt = attempt
    this.#wait = wait
  }

  async write(file: ArtifactContent): Promise<ArtifactRef> {
    const { name, content } = file
    const ref = referTo(file)
    await whenWritable(async () => {
      await this.#makeFolderOf(name)
      await writeAtomically(this.#pathOf(name), content)
    }, this.#wait)
    return ref
  }

  async append(files: readonly ArtifactContent[]): Promise<ArtifactRef[]> {
    const pack = this.#pack ?? new PackFile(packNumber(this.#attempt, this.#packs++))
    this.#pack = pack
    const refs: ArtifactRef[] = []
    let offset = pack.length
    for (const file of files) {
      refs.push(referTo(file, { pack: pack.number, offset }))
      offset += file.content.length
    }
    const name = artifactNames.pack(pack.number)
    await whenWritable(async () => {
      await this.#makeFolderOf(name)
      await pack.append(
        this.#pathOf(name),
        files.map(({ content }) => content),
      )
    }, this.#wait)
    return refs
  }

  beginPack(): void {
    this.#pack = undefined
  }

  async read(ref: ArtifactRef): Promise<Uint8Array> {
    const { name, bytes, sha256, place } = ref
    const holder = place ? artifactNames.pack(place.pack) : name
    const content = await this.#read(holder, place ? { offset: place.offset, bytes } : undefined).catch((cause: NodeJS.ErrnoException) => {
      if (isUnreadableFile(cause.code)) {
        throw new WorkerError('ARTIFACT_DAMAGED', `${name}: expected a file of the run, got one that cannot be read (${cause.code}).`, {
          cause,
        })
      }
      if (cause.code !== 'ENOENT') throw cause
      throw new WorkerError('ARTIFACT_MISSING', `${name}: expected a file of the run, got none. It was removed from the run's folder.`, {
        cause,
      })
    })
    requireWritten(name, content, sha256)
    return content
  }

  async #read(holder: string, part: { readonly offset: number; readonly bytes: number } | undefined): Promise<Uint8Array> {
    await this.#requireInside(holder, holder)
    return readPart(this.#pathOf(holder), part)
  }

  async #makeFolderOf(name: string): Promise<void> {
    await mkdir(dirname(this.#pathOf(name)), { recursive: true })
    await this.#requireInside(dirname(name), name)
  }

  /** Throws ARTIFACT_MISSING where a symbolic link would lead out of the folder. */
  async #requireInside(path: string, name: string): Promise<void> {
    const expected = join(await realpath(this.#folder), ...path.split('/'))
    if ((await realpath(expected)) === expected) return
    throw new WorkerError(
      'ARTIFACT_MISSING',
      `${name}: expected a file in the run's folder, got a symbolic link there or on the way, and links are not followed. Put the file itself in its place.`,
    )
  }

  #pathOf(name: string): string {
    return join(this.#folder, ...name.split('/'))
  }
}

function referTo({ name, type, content }: ArtifactContent, place?: ArtifactRef['place']): ArtifactRef {
  return artifactRefSchema.parse({ name, type, bytes: content.length, sha256: hashOf(content), ...(place ? { place } : {}) })
}
