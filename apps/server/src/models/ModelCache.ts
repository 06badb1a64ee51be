import { readFile } from 'node:fs/promises'
import {
  countMultiplications,
  createDecoder,
  createEncoder,
  type Decoder,
  decodeSafetensors,
  type Encoder,
  latentDimensionOf,
  runConfigSchema,
} from '@hourglass/autoencoders'
import { type DatasetId, datasetCatalog } from '@hourglass/datasets'
import pLimit from 'p-limit'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { artifactPath, runFiles } from '../artifacts/runFiles.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Run } from '../runs/RunStore.js'

/** One trained half of an autoencoder. */
type Model = { readonly dispose: () => void; readonly apply: (values: Float32Array, count: number) => Float32Array }

interface Lease {
  readonly model: Promise<Model>
  /** Requests that compute with the model; it is disposed of when it is evicted and nobody does. */
  users: number
  isEvicted: boolean
}

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
/** Products that are computed without letting the server do anything else; some 10 ms in plain JavaScript. */
const CHUNK_WORK = 4_000_000
/** Models of up to 50 MB of parameters are usual; more of them would not fit the server's memory. */
const MAXIMUM_MODELS = 4
/** Requests that hold a model at a time, evicted ones too: whatever is asked for, no more than these and the kept ones are in memory. */
const MAXIMUM_USERS = 2

/** Decodes codes and encodes examples with checkpoints, of which it keeps the ones used last in memory. */
export class ModelCache {
  readonly #folders: RunFolders
  /** In the order of their last use. */
  readonly #models = new Map<string, Lease>()
  readonly #inTurn = pLimit(MAXIMUM_USERS)

  constructor(folders: RunFolders) {
    this.#folders = folders
  }

  /** Computes [count][values of one output]; throws BAD_USER_INPUT for rows of a wrong number or length and EPOCH_NOT_FOUND. */
  async apply({ run, epoch, direction, rows }: ModelRequest): Promise<number[][]> {
    const { architecture } = runConfigSchema.parse(run.config)
    const { exampleShape } = datasetCatalog[run.dataset as DatasetId]
    const exampleSize = exampleShape.reduce((size, length) => size * length, 1)
    const chunk = Math.max(1, Math.floor(CHUNK_WORK / countMultiplications(architecture, exampleShape)))
    const width = direction === 'decode' ? latentDimensionOf(architecture, exampleShape) : exampleSize
    checkRows(rows, width, subjects[direction])
    const wanted = requireEpoch(run, epoch)
    return this.#inTurn(() => this.#applyChunks({ run, epoch: wanted, direction, rows }, chunk))
  }

  async #applyChunks({ run, epoch, direction, rows }: ModelRequest & { epoch: number }, chunk: number): Promise<number[][]> {
    const lease = this.#lease(run, epoch, direction)
    try {
      const model = await lease.model
      const outputs: number[][] = []
      for (let start = 0; start < rows.length; start += chunk) {
        const inputs = rows.slice(start, start + chunk)
        const values = model.apply(Float32Array.from(inputs.flat()), inputs.length)
        const size = values.length / inputs.length
        requireFinite(values, { start, size, subject: subjects[direction] })
        outputs.push(...inputs.map((_, row) => Array.from(values.subarray(row * size, (row + 1) * size))))
        // The server answers others in between.
        await new Promise((resolve) => setImmediate(resolve))
      }
      return outputs
    } finally {
      lease.users--
      disposeUnused(lease)
    }
  }

  #lease(run: Run, epoch: number, direction: Direction): Lease {
    const key = `${run.id}/${epoch}/${direction}`
    const lease = this.#models.get(key) ?? { model: this.#read(run, epoch, direction), users: 0, isEvicted: false }
    lease.users++
    this.#models.delete(key)
    this.#models.set(key, lease)
    lease.model.catch(() => {
      if (this.#models.get(key) === lease) this.#models.delete(key)
    })
    for (const [oldest, unused] of this.#models) {
      if (this.#models.size <= MAXIMUM_MODELS) break
      this.#models.delete(oldest)
      unused.isEvicted = true
      disposeUnused(unused)
    }
    return lease
  }

  async #read(run: Run, epoch: number, direction: Direction): Promise<Model> {
    const parameters = decodeSafetensors(await readFile(artifactPath(this.#folders.pathOf(run.id), runFiles.checkpoint(epoch))))
    const config = runConfigSchema.parse(run.config).architecture
    const description = { config, exampleShape: datasetCatalog[run.dataset as DatasetId].exampleShape, parameters }
    return direction === 'decode' ? fromDecoder(await createDecoder(description)) : fromEncoder(await createEncoder(description))
  }
}

const fromDecoder = (decoder: Decoder): Model => ({
  apply: (values, count) => decoder.decode(values, count),
  dispose: () => decoder.dispose(),
})

const fromEncoder = (encoder: Encoder): Model => ({
  apply: (values, count) => encoder.encode(values, count),
  dispose: () => encoder.dispose(),
})

function disposeUnused({ model, users, isEvicted }: Lease): void {
  if (isEvicted && users === 0) void model.then(({ dispose }) => dispose()).catch(() => undefined)
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
