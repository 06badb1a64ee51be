import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelPart } from '@hourglass/autoencoders'
import { readCachedFileName } from '@hourglass/protocol'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import { FileHashes } from '../artifacts/FileHashes.js'
import type { StoredFile } from '../artifacts/StoredFile.js'
import { useModel } from '../artifacts/useModel.js'
import type { Log } from '../log.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'
import type { Asker, ModelProcess } from './ModelProcess.js'
import { SharedWork } from './SharedWork.js'
import { describeModel } from './StoredModels.js'

export interface OnnxFilesOptions {
  readonly artifacts: ArtifactStore
  readonly process: ModelProcess
  /** Holds the files, and nothing else. */
  readonly folder: string
  readonly log: Log
  /** That the files may have together. @default 1 GiB */
  readonly mostBytes?: number
}

export interface OnnxRequest {
  readonly run: Run
  /** One that the run has completed. */
  readonly epoch: number
  readonly part: ModelPart
}

export interface OnnxFile {
  readonly path: string
  /** Of what the file was made of: the same tag, the same bytes. */
  readonly tag: string
}

/** Largest models have files of 100 MB. */
const MOST_BYTES = 1024 ** 3
/** To be counted up when exported files change. */
const EXPORT_VERSION = 1

/** Makes ONNX files of checkpoints when they are asked for, and keeps those used last: all of them would double what runs take on disk. */
export class OnnxFiles {
  readonly #options: Required<OnnxFilesOptions>
  readonly #exports = new SharedWork<string>()
  readonly #hashes = new FileHashes()

  constructor({ mostBytes = MOST_BYTES, ...options }: OnnxFilesOptions) {
    this.#options = { mostBytes, ...options }
  }

  /** Removes what an interrupted export left, what nobody could check, and more than may be kept. */
  async sweep(): Promise<void> {
    const { folder } = this.#options
    await mkdir(folder, { recursive: true })
    for (const name of await readdir(folder)) if (!isKept(name)) await this.#remove(name)
    await this.#evict('')
  }

  /** Finds or makes a file; throws as {@link useModel} and {@link ModelProcess.call} do, also where the file was made before its checkpoint was damaged. */
  async get(request: OnnxRequest, asker: Asker): Promise<OnnxFile> {
    return useModel(this.#options.artifacts, request, (checkpoint) => this.#make(request, checkpoint, asker))
  }

  async #make({ run, epoch, part }: OnnxRequest, checkpoint: StoredFile, asker: Asker): Promise<OnnxFile> {
    const { process, folder } = this.#options
    const { data } = requireConfig(run)
    const model = describeModel(run, epoch, checkpoint)
    const metadata = { run: run.id, name: run.name, dataset: data.dataset, epoch: String(epoch) }
    // Files of early versions have no hash.
    const content = checkpoint.sha256 ? Buffer.from(checkpoint.sha256).toString('hex') : (await stat(model.path)).mtimeMs
    const made = JSON.stringify([EXPORT_VERSION, content, model.config, part, metadata])
    const tag = createHash('sha256').update(made).digest('hex').slice(0, 32)
    const kept = await this.#find(tag)
    if (kept) return { path: join(folder, kept), tag }
    const name = await this.#exports.do(tag, asker.signal, async (signal) => {
      const output = { folder, key: tag }
      const made = await process.call({ type: 'export', model, part, metadata, output }, { client: asker.client, signal })
      if (made.type !== 'exported') throw new TypeError(`export: expected the name of a file, got ${made.type}`)
      await this.#evict(made.name)
      return made.name
    })
    return { path: join(folder, name), tag }
  }

  /** Finds the file of a tag and marks it as used now; null where it has to be made. One that is not what was written goes. */
  async #find(tag: string): Promise<string | null> {
    const { folder, log } = this.#options
    for (const name of await readdir(folder)) {
      const read = readCachedFileName(name)
      if (read?.key !== tag) continue
      const path = join(folder, name)
      try {
        const { size, mtime } = await stat(path)
        const expected = Buffer.from(read.sha256, 'hex')
        if (!expected.equals(await this.#hashes.of({ path, offset: 0, bytes: size }, expected)))
          throw new TypeError('its content is another')
        // Only the time of use: its content is known by when it was written.
        await utimes(path, new Date(), mtime).catch(() => undefined)
        return name
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue
        log.warn({ err: error, name }, 'ONNX file is not what was written and is made anew')
        await this.#remove(name)
      }
    }
    return null
  }

  async #evict(kept: string): Promise<void> {
    const { folder, mostBytes } = this.#options
    const files = await Promise.all(
      (await readdir(folder)).map(async (name) => ({ name, info: await stat(join(folder, name)).catch(() => null) })),
    )
    let total = files.reduce((sum, { info }) => sum + (info?.size ?? 0), 0)
    for (const { name, info } of files.sort((one, other) => (one.info?.atimeMs ?? 0) - (other.info?.atimeMs ?? 0))) {
      if (total <= mostBytes) return
      if (name === kept || !isKept(name)) continue
      await this.#remove(name)
      total -= info?.size ?? 0
    }
  }

  async #remove(name: string): Promise<void> {
    const { folder, log } = this.#options
    await rm(join(folder, name), { recursive: true, force: true }).catch((error: unknown) =>
      log.warn({ err: error, name }, 'ONNX file cannot be removed'),
    )
  }
}

function isKept(name: string): boolean {
  return readCachedFileName(name)?.extension === 'onnx'
}
