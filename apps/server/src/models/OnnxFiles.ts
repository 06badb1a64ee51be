import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelPart } from '@hourglass/autoencoders'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import type { StoredFile } from '../artifacts/StoredFile.js'
import { useModel } from '../artifacts/useModel.js'
import type { Log } from '../log.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'
import { CacheFolder } from './CacheFolder.js'
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
  readonly #artifacts: ArtifactStore
  readonly #process: ModelProcess
  readonly #files: CacheFolder
  readonly #exports = new SharedWork<string>()

  constructor({ artifacts, process, folder, log, mostBytes = MOST_BYTES }: OnnxFilesOptions) {
    this.#artifacts = artifacts
    this.#process = process
    this.#files = new CacheFolder({ folder, extension: 'onnx', mostBytes, log })
  }

  /** Removes what an interrupted export left, what nobody could check, and more than may be kept. */
  sweep(): Promise<void> {
    return this.#files.sweep()
  }

  /** Finds or makes a file; throws as {@link useModel} and {@link ModelProcess.call} do, also where the file was made before its checkpoint was damaged. */
  async get(request: OnnxRequest, asker: Asker): Promise<OnnxFile> {
    return useModel(this.#artifacts, request, (checkpoint) => this.#make(request, checkpoint, asker))
  }

  async #make({ run, epoch, part }: OnnxRequest, checkpoint: StoredFile, asker: Asker): Promise<OnnxFile> {
    const { data } = requireConfig(run)
    const model = describeModel(run, epoch, checkpoint)
    const metadata = { run: run.id, name: run.name, dataset: data.dataset, epoch: String(epoch) }
    const made = JSON.stringify([EXPORT_VERSION, await contentOf(checkpoint), model.config, part, metadata])
    const tag = createHash('sha256').update(made).digest('hex').slice(0, 32)
    const kept = await this.#files.find(tag)
    if (kept) return { path: kept, tag }
    const path = await this.#exports.do(tag, asker.signal, async (signal) => {
      const output = { folder: this.#files.path, key: tag }
      const made = await this.#process.call({ type: 'export', model, part, metadata, output }, { client: asker.client, signal })
      if (made.type !== 'exported') throw new TypeError(`export: expected the name of a file, got ${made.type}`)
      await this.#files.evict(made.name)
      return join(this.#files.path, made.name)
    })
    return { path, tag }
  }
}

/** Tells one content of a checkpoint from another. */
export async function contentOf({ path, sha256 }: StoredFile): Promise<string | number> {
  // Files of early versions have no hash.
  return sha256 ? Buffer.from(sha256).toString('hex') : (await stat(path)).mtimeMs
}
