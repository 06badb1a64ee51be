import { latentDimensionOf } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { artifactNames } from '@hourglass/protocol'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'
import { checkRows, type Rows, toFiniteRows } from './checkRows.js'
import type { Asker, ModelProcess } from './ModelProcess.js'
import { withNearestEpoch } from './nearestEpoch.js'
import { requireEpoch } from './requireEpoch.js'

/** What each direction takes, as the API names it. */
const subjects = { decode: 'codes', encode: 'images' } as const

export interface ModelRequest {
  readonly run: Run
  /** Epoch of the checkpoint; null takes the newest. */
  readonly epoch: number | null
  readonly direction: keyof typeof subjects
  /** [count][values of one input] */
  readonly rows: Rows
}

/** Decodes codes and encodes examples with checkpoints, in the process for models. */
export class StoredModels {
  readonly #artifacts: ArtifactStore
  readonly #process: ModelProcess

  constructor(artifacts: ArtifactStore, process: ModelProcess) {
    this.#artifacts = artifacts
    this.#process = process
  }

  /**
   * Computes [count][values of one output]; throws BAD_USER_INPUT for rows of a wrong number or length, EPOCH_NOT_FOUND, and as
   * {@link ArtifactStore.locate} and {@link ModelProcess.call} do.
   */
  async apply({ run, epoch, direction, rows }: ModelRequest, asker: Asker): Promise<number[][]> {
    const { architecture, data } = requireConfig(run)
    const { exampleShape } = datasetCatalog[data.dataset]
    const exampleSize = exampleShape.reduce((size, length) => size * length, 1)
    const width = direction === 'decode' ? latentDimensionOf(architecture, exampleShape) : exampleSize
    checkRows(rows, width, subjects[direction])
    const model = await locateModel(this.#artifacts, run, requireEpoch(run, epoch))
    const values = new Float32Array(rows.length * width)
    for (const [index, row] of rows.entries()) values.set(row, index * width)
    const answer = await this.#process.call({ type: 'apply', model, direction, values, count: rows.length }, asker)
    if (answer.type !== 'applied') throw new TypeError(`model process: expected what was applied, got ${answer.type}`)
    return toFiniteRows(answer.values, rows.length, subjects[direction])
  }
}

/** Says to the process for models which model is meant, after its file was found to be what was written; throws as {@link ArtifactStore.locate} does. */
export async function locateModel(artifacts: ArtifactStore, run: Run, epoch: number) {
  const path = await artifacts.locate(run, artifactNames.checkpoint(epoch)).catch(async (error: unknown) => {
    throw await withNearestEpoch(artifacts, { run, epoch }, error)
  })
  return { key: `${run.id}/${epoch}`, path, config: { version: run.configVersion, value: run.config } }
}
