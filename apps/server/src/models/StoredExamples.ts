import { EXAMPLES_A_PAGE } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'

import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'
import type { Asker, ModelProcess } from './ModelProcess.js'

/** Examples that a file holds: of images as many as canvases of browsers are wide for. */

export const exampleSplits = ['test', 'training', 'validation'] as const

export interface ExamplesRequest {
  readonly run: Run
  readonly split: (typeof exampleSplits)[number]
  /** Counted from 0. */
  readonly page: number
}

export interface ExamplesFile {
  readonly extension: 'png' | 'safetensors'
  readonly content: Uint8Array
}

/** Reads the examples of stored runs, as they were trained on and are shown, in the process for models. */
export class StoredExamples {
  readonly #process: ModelProcess

  constructor(process: ModelProcess) {
    this.#process = process
  }

  /**
   * Reads a page of examples: images side by side, points as a tensor; null where there are none that far. Throws RUN_UNREADABLE, DATASET_UNAVAILABLE, also where
   * the data here is not what the run has seen, and as {@link ModelProcess.call} does.
   */
  async read({ run, split, page }: ExamplesRequest, asker: Asker): Promise<ExamplesFile | null> {
    const { data } = requireConfig(run)
    const config = { version: run.configVersion, value: run.config }
    const answer = await this.#process.call(
      { type: 'examples', config, hash: run.datasetHash, split, from: page * EXAMPLES_A_PAGE, count: EXAMPLES_A_PAGE },
      asker,
    )
    if (answer.type !== 'examples') throw new TypeError(`model process: expected examples, got ${answer.type}`)
    if (answer.content === null) return null
    return { extension: datasetCatalog[data.dataset].kind === 'images' ? 'png' : 'safetensors', content: answer.content }
  }
}
