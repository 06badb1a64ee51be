import { type CodePath, interpolateCodes } from '@hourglass/autoencoders/latent'
import { artifactNames } from '@hourglass/protocol'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import { requireEpoch } from '../artifacts/requireEpoch.js'
import { placeOf } from '../artifacts/StoredFile.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { finalEpoch } from '../runs/finalEpoch.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'
import { checkRows, MAXIMUM_ROWS, type Rows, toFiniteRows } from './checkRows.js'
import { codeLengthOf } from './codeLengthOf.js'
import type { Asker, ModelProcess } from './ModelProcess.js'
import type { StoredModels } from './StoredModels.js'

/** The most directions, and the most neighbours of a code, that are asked for at once. */
export const MOST_FOUND = 64

export interface LatentRequest {
  readonly run: Run
  /** Null takes the epoch that stands for the run. */
  readonly epoch: number | null
}

export interface PathRequest extends LatentRequest {
  /** [count][latent dimension] */
  readonly codes: Rows
  readonly steps: number
  readonly path: CodePath
}

export interface FoundDirections {
  readonly epoch: number
  /** Codes that they were found of. */
  readonly count: number
  readonly mean: readonly number[]
  readonly directions: readonly FoundDirection[]
}

export interface FoundDirection {
  readonly vector: readonly number[]
  readonly minimum: number
  readonly maximum: number
  readonly standardDeviation: number
  /** Of the variance of the codes, from 0 to 1. */
  readonly explainedVariance: number
}

export interface Neighbour {
  readonly index: number
  readonly label: number
  readonly distance: number
}

export interface Neighbourhood {
  readonly neighbours: readonly Neighbour[]
  readonly usualDistance: number
}

/** Answers what programs ask of the latent spaces of stored runs, from the codes that are kept of an epoch and from its model. */
export class LatentSpaces {
  readonly #artifacts: ArtifactStore
  readonly #models: StoredModels
  readonly #process: ModelProcess

  constructor({ artifacts, models, process }: { artifacts: ArtifactStore; models: StoredModels; process: ModelProcess }) {
    this.#artifacts = artifacts
    this.#models = models
    this.#process = process
  }

  /** Computes codes along a path through others, and decodes them; throws BAD_USER_INPUT, and as {@link StoredModels.apply} does. */
  async interpolate({ run, epoch, codes, steps, path }: PathRequest, asker: Asker): Promise<{ codes: number[][]; images: number[][] }> {
    const size = codeLengthOf(requireConfig(run))
    checkRows(codes, size, 'codes')
    requireCount('codes', codes.length, { least: 2, most: MAXIMUM_ROWS })
    requireCount('steps', steps, { least: 2, most: Math.floor((MAXIMUM_ROWS - 1) / (codes.length - 1)) + 1 })
    const values = interpolateCodes(Float32Array.from(codes.flat()), { size, steps, path })
    const rows = toFiniteRows(values, values.length / size, 'codes')
    return { codes: rows, images: await this.#models.apply({ run, epoch, direction: 'decode', rows }, asker) }
  }

  /** Finds the directions along which training codes vary most; throws BAD_USER_INPUT, EPOCH_NOT_FOUND, and as {@link ModelProcess.call} does. */
  async directions({ run, epoch, count }: LatentRequest & { readonly count: number }, asker: Asker): Promise<FoundDirections> {
    requireCount('count', count, { least: 1, most: MOST_FOUND })
    const wanted = requireEpoch(run, epoch ?? finalEpoch(run))
    const answer = await this.#useCodes({ run, epoch: wanted }, (codes) =>
      this.#process.call({ type: 'directions', codes, wanted: count }, asker),
    )
    if (answer.type !== 'directions') throw new TypeError(`model process: expected directions, got ${answer.type}`)
    const size = answer.mean.length
    return {
      epoch: wanted,
      count: answer.codes,
      mean: [...answer.mean],
      directions: Array.from({ length: answer.directions.length / size }, (_, row) => {
        const [minimum = 0, maximum = 0, standardDeviation = 0] = answer.spreads.subarray(3 * row, 3 * row + 3)
        const explainedVariance = answer.variance > 0 ? Math.min(1, standardDeviation ** 2 / answer.variance) : 0
        return {
          vector: [...answer.directions.subarray(row * size, (row + 1) * size)],
          minimum,
          maximum,
          standardDeviation,
          explainedVariance,
        }
      }),
    }
  }

  /** Computes how far codes lie from the mean of the training codes along the directions of {@link directions}, [count][directions]; throws as it does. */
  async project(
    { run, epoch, codes, count }: LatentRequest & { readonly codes: Rows; readonly count: number },
    asker: Asker,
  ): Promise<number[][]> {
    checkRows(codes, codeLengthOf(requireConfig(run)), 'codes')
    const { mean, directions } = await this.directions({ run, epoch, count }, asker)
    return codes.map((code) =>
      directions.map(({ vector }) => vector.reduce((sum, value, at) => sum + value * (Math.fround(code[at] ?? 0) - (mean[at] ?? 0)), 0)),
    )
  }

  /** Finds the kept test examples whose codes are nearest to codes; throws BAD_USER_INPUT, EPOCH_NOT_FOUND, and as {@link ModelProcess.call} does. */
  async neighbours(
    { run, epoch, codes: rows, count }: LatentRequest & { readonly codes: Rows; readonly count: number },
    asker: Asker,
  ): Promise<Neighbourhood[]> {
    checkRows(rows, codeLengthOf(requireConfig(run)), 'codes')
    requireCount('count', count, { least: 1, most: MOST_FOUND })
    const wanted = requireEpoch(run, epoch ?? finalEpoch(run))
    const values = Float32Array.from(rows.flat())
    const answer = await this.#useCodes({ run, epoch: wanted }, (codes) =>
      this.#process.call({ type: 'neighbours', codes, values, count: rows.length, wanted: count }, asker),
    )
    if (answer.type !== 'neighbours') throw new TypeError(`model process: expected neighbours, got ${answer.type}`)
    const { indices, labels, distances, usualDistance } = answer
    const found = indices.length / rows.length
    return rows.map((_, row) => ({
      usualDistance,
      neighbours: Array.from(indices.subarray(row * found, (row + 1) * found), (index, place) => ({
        index,
        label: labels[row * found + place] ?? 0,
        distance: distances[row * found + place] ?? 0,
      })),
    }))
  }

  #useCodes<Result>({ run, epoch }: { run: Run; epoch: number }, work: (codes: ReturnType<typeof placeOf>) => Promise<Result>) {
    return this.#artifacts.use(run, artifactNames.codes(epoch), (file) => work(placeOf(file)))
  }
}

function requireCount(subject: string, got: number, { least, most }: { readonly least: number; readonly most: number }): void {
  if (Number.isInteger(got) && got >= least && got <= most) return
  throw new HourglassError(errorCodes.badUserInput, `${subject}: expected ${least} to ${most}, got ${got}.`)
}
