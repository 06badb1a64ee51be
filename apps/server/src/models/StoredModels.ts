import { datasetCatalog } from '@hourglass/datasets'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import { requireEpoch } from '../artifacts/requireEpoch.js'
import { placeOf, type StoredFile } from '../artifacts/StoredFile.js'
import { useModel } from '../artifacts/useModel.js'
import { finalEpoch } from '../runs/finalEpoch.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'
import { checkRange, checkRows, type Rows, toFiniteRows } from './checkRows.js'
import { codeLengthOf } from './codeLengthOf.js'
import { inputRange } from './inputRange.js'
import type { Asker, ModelProcess } from './ModelProcess.js'

/** What each direction takes, as the API names it. */
const subjects = { decode: 'codes', encode: 'images' } as const

export interface ModelRequest {
  readonly run: Run
  /** Epoch of the checkpoint; null takes the one that stands for the run. */
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
   * {@link useModel} and {@link ModelProcess.call} do.
   */
  async apply({ run, epoch, direction, rows }: ModelRequest, asker: Asker): Promise<number[][]> {
    const config = requireConfig(run)
    const exampleSize = datasetCatalog[config.data.dataset].exampleShape.reduce((size, length) => size * length, 1)
    const width = direction === 'decode' ? codeLengthOf(config) : exampleSize
    checkRows(rows, width, subjects[direction])
    const range = direction === 'encode' ? inputRange(config) : null
    if (range) checkRange(rows, range, subjects[direction])
    const wanted = requireEpoch(run, epoch ?? finalEpoch(run))
    const values = new Float32Array(rows.length * width)
    for (const [index, row] of rows.entries()) values.set(row, index * width)
    const answer = await useModel(this.#artifacts, { run, epoch: wanted }, (checkpoint) =>
      this.#process.call({ type: 'apply', model: describeModel(run, wanted, checkpoint), direction, values, count: rows.length }, asker),
    )
    if (answer.type !== 'applied') throw new TypeError(`model process: expected what was applied, got ${answer.type}`)
    return toFiniteRows(answer.values, rows.length, subjects[direction])
  }
}

/** Says to the process for models which model is meant, and where its parameters lie. */
export function describeModel(run: Run, epoch: number, checkpoint: StoredFile) {
  return { key: `${run.id}/${epoch}`, ...placeOf(checkpoint), config: { version: run.configVersion, value: run.config } }
}
