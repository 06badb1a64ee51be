import { decodeSafetensors, latentDimensionOf, type ModelDescription, ModelShelf, rowsAtATime } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { artifactNames } from '@hourglass/protocol'
import pLimit from 'p-limit'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'

/** What each direction takes, as the API names it. */
const subjects = { decode: 'codes', encode: 'images' } as const

type Direction = keyof typeof subjects

export interface ModelRequest {
  readonly run: Run
  /** Epoch of the checkpoint; null takes the newest. */
  readonly epoch: number | null
  readonly direction: Direction
  /** [count][values of one input] */
  readonly rows: readonly (readonly number[])[]
}

export const MAXIMUM_ROWS = 256
/** Models of up to 50 MB of parameters are usual; more of them would not fit the server's memory. */
const LIMITS = { mostModels: 4, mostBytes: 200_000_000 }
/** Requests that hold a model at a time, evicted ones too: whatever is asked for, no more than these and the kept ones are in memory. */
const MAXIMUM_USERS = 2

/** Decodes codes and encodes examples with checkpoints, of which it keeps the ones used last in memory. */
export class ModelCache {
  readonly #artifacts: ArtifactStore
  readonly #shelf = new ModelShelf(LIMITS)
  readonly #inTurn = pLimit(MAXIMUM_USERS)

  constructor(artifacts: ArtifactStore) {
    this.#artifacts = artifacts
  }

  /** Computes [count][values of one output]; throws BAD_USER_INPUT for rows of a wrong number or length and EPOCH_NOT_FOUND. */
  async apply({ run, epoch, direction, rows }: ModelRequest): Promise<number[][]> {
    const { architecture, data } = requireConfig(run)
    const { exampleShape } = datasetCatalog[data.dataset]
    const exampleSize = exampleShape.reduce((size, length) => size * length, 1)
    const chunk = rowsAtATime(architecture, exampleShape)
    const width = direction === 'decode' ? latentDimensionOf(architecture, exampleShape) : exampleSize
    checkRows(rows, width, subjects[direction])
    const wanted = requireEpoch(run, epoch)
    return this.#inTurn(() => this.#applyChunks({ run, epoch: wanted, direction, rows }, chunk))
  }

  async #applyChunks({ run, epoch, direction, rows }: ModelRequest & { epoch: number }, chunk: number): Promise<number[][]> {
    const wanted = { key: `${run.id}/${epoch}`, read: () => this.#read(run, epoch) }
    return this.#shelf.use(wanted, async (model) => {
      const outputs: number[][] = []
      for (let start = 0; start < rows.length; start += chunk) {
        const inputs = rows.slice(start, start + chunk)
        const values = model[direction](Float32Array.from(inputs.flat()), inputs.length)
        const size = values.length / inputs.length
        requireFinite(values, { start, size, subject: subjects[direction] })
        outputs.push(...inputs.map((_, row) => Array.from(values.subarray(row * size, (row + 1) * size))))
        // The server answers others in between.
        await new Promise((resolve) => setImmediate(resolve))
      }
      return outputs
    })
  }

  async #read(run: Run, epoch: number): Promise<ModelDescription> {
    const parameters = decodeSafetensors(await this.#artifacts.read(run, artifactNames.checkpoint(epoch)))
    const { architecture: config, data } = requireConfig(run)
    return { config, exampleShape: datasetCatalog[data.dataset].exampleShape, parameters }
  }
}

function checkRows(rows: readonly (readonly number[])[], width: number, subject: string): void {
  if (rows.length < 1 || rows.length > MAXIMUM_ROWS) {
    throw new HourglassError(errorCodes.badUserInput, `${subject}: expected 1 to ${MAXIMUM_ROWS} rows, got ${rows.length}.`)
  }
  rows.forEach((row, index) => {
    if (row.length !== width) throw wrongRow(`${subject}[${index}]: expected ${width} numbers, got ${row.length}.`)
    // Models compute in float32, where a number that float64 holds may be infinite.
    const position = row.findIndex((value) => !Number.isFinite(Math.fround(value)))
    if (position === -1) return
    throw wrongRow(`${subject}[${index}][${position}]: expected a number of at most 3.4e38 in size, got ${row[position]}.`)
  })
}

function requireFinite(values: Float32Array, { start, size, subject }: { start: number; size: number; subject: string }): void {
  const position = values.findIndex((value) => !Number.isFinite(value))
  if (position === -1) return
  throw wrongRow(`${subject}[${start + Math.floor(position / size)}]: expected numbers small enough for a finite result, got larger ones.`)
}

const wrongRow = (message: string) => new HourglassError(errorCodes.badUserInput, message)

/** Resolves "the newest" and throws EPOCH_NOT_FOUND for an epoch that the run has not completed. */
export function requireEpoch(run: Run, epoch: number | null | undefined): number {
  const wanted = epoch ?? run.epochsCompleted
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= run.epochsCompleted) return wanted
  const expected = run.epochsCompleted === 0 ? 'a run with a completed epoch' : `an epoch from 1 to ${run.epochsCompleted}`
  throw new HourglassError(
    errorCodes.epochNotFound,
    `epoch: expected ${expected}, got ${run.epochsCompleted === 0 ? 'one without' : wanted}.`,
  )
}
