import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { SharedMeasurements } from '@hourglass/autoencoders/analysis'
import { CachedFiles, type CachedFilesOptions } from './CachedFiles.js'
import { hashOf } from './hashOf.js'

/** Enough for some hundred experiments on examples of their own, in about 20 MB. */
const MOST_FILES = 4000
const EXTENSION = 'measured'

export interface MeasurementFilesOptions extends Required<Pick<CachedFilesOptions, 'folder' | 'onProblem'>> {
  /** SHA-256 of the examples. */
  readonly datasetHash: string
  /** What computes: others may round otherwise. */
  readonly engine: string
}

/** Keeps what runs of the same examples are compared with, a small file for each measurement; of very many those that were made last. */
export class MeasurementFiles implements SharedMeasurements {
  readonly #files: CachedFiles
  readonly #options: MeasurementFilesOptions
  #secondsMaking = 0

  constructor(options: MeasurementFilesOptions) {
    this.#options = options
    this.#files = new CachedFiles({ folder: options.folder, extension: EXTENSION, onProblem: options.onProblem })
  }

  /** What it took to measure what nobody had. */
  get secondsMaking(): number {
    return this.#secondsMaking
  }

  async take<Value>(key: string, measure: () => Promise<Value>): Promise<Value> {
    const { datasetHash, engine } = this.#options
    const name = hashOf(new TextEncoder().encode(JSON.stringify([datasetHash, engine, key]))).slice(0, 32)
    let isMade = false
    const value = await this.#files.use<Value>(name, {
      read: (content) => deserialize(content) as Value,
      make: async () => {
        const started = performance.now()
        const made = await measure()
        this.#secondsMaking += (performance.now() - started) / 1000
        isMade = true
        return made
      },
      write: serialize,
    })
    if (isMade) await this.#removeOldest()
    return value
  }

  async #removeOldest(): Promise<void> {
    const { folder, onProblem } = this.#options
    try {
      const names = (await readdir(folder)).filter((name) => name.endsWith(`.${EXTENSION}`))
      if (names.length <= MOST_FILES) return
      const files = await Promise.all(
        names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0 })),
      )
      // A tenth at once, so that not every measurement has to look at all.
      const leaving = files.sort((one, other) => one.at - other.at).slice(0, names.length - 0.9 * MOST_FILES)
      for (const { name } of leaving) await rm(join(folder, name), { force: true })
    } catch (error) {
      onProblem(`Old measurements cannot be removed (${String(error)}).`)
    }
  }
}
