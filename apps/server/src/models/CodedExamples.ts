import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { CodedChoice, ModelReply } from '@hourglass/autoencoders/calls'
import type { PlaneProjection } from '@hourglass/autoencoders/latent'
import { artifactNames } from '@hourglass/protocol'
import { abortable } from '../abortable.js'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import { placeOf, type StoredFile } from '../artifacts/StoredFile.js'
import { useModel } from '../artifacts/useModel.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { Latch } from '../Latch.js'
import type { Log } from '../log.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'
import { CacheFolder } from './CacheFolder.js'
import { codeLengthOf } from './codeLengthOf.js'
import type { Asker, ModelProcess } from './ModelProcess.js'
import { contentOf } from './OnnxFiles.js'
import { SharedWork } from './SharedWork.js'
import { describeModel } from './StoredModels.js'

export interface CodedExamplesOptions {
  readonly artifacts: ArtifactStore
  readonly process: ModelProcess
  /** Holds the files, and nothing else. */
  readonly folder: string
  readonly mostBytes: number
  readonly log: Log
}

export interface CodedRequest {
  readonly run: Run
  /** One that the run has completed. */
  readonly epoch: number
  readonly choice: CodedChoice
}

interface Making {
  readonly checkpoint: StoredFile
  readonly asker: Asker
  /** Is told by which name it is kept. */
  readonly named?: { tag: string }
}

export interface PlacesRequest extends CodedRequest {
  readonly projection: PlaneProjection
  /** The epoch whose principal directions these are. */
  readonly fit: number
}

/** How many examples are encoded. */
export interface CodedProgress {
  readonly done: number
  /** Of how many; null while that is not known. */
  readonly total: number | null
  readonly isReady: boolean
  /** Why they cannot be had; then nothing more is told. */
  readonly problem: { readonly code: string; readonly message: string } | null
}

const begun: CodedProgress = { done: 0, total: null, isReady: false, problem: null }

type AnswerOf<Type extends ModelReply['type']> = Extract<ModelReply, { type: Type }>

/** To be counted up when such files change. */
const VERSION = 1

/**
 * Computes the codes of all examples of an epoch from its checkpoint when they are asked for, once for all who wait, and keeps those used last: of all epochs
 * together they would take many times what runs do. It is cancelled when nobody waits any more.
 */
export class CodedExamples {
  readonly #artifacts: ArtifactStore
  readonly #process: ModelProcess
  readonly #files: CacheFolder
  readonly #work = new SharedWork<string>()
  readonly #progress = new Map<string, CodedProgress>()
  readonly #followers = new Set<Latch>()

  constructor({ artifacts, process, folder, mostBytes, log }: CodedExamplesOptions) {
    this.#artifacts = artifacts
    this.#process = process
    this.#files = new CacheFolder({ folder, extension: 'safetensors', mostBytes, log })
  }

  /** Removes what was interrupted, what nobody could check, and more than may be kept. */
  sweep(): Promise<void> {
    return this.#files.sweep()
  }

  /**
   * Finds or computes the file of codes, errors and labels that `CodedFileWriter` tells of, and does work with its path; throws as {@link useModel} and
   * {@link ModelProcess.call} do, and DATASET_UNAVAILABLE where the data here is not what the run has seen.
   */
  async use<Result>(request: CodedRequest, asker: Asker, work: (path: string) => Promise<Result>): Promise<Result> {
    const get = () => useModel(this.#artifacts, request, (checkpoint) => this.#make(request, { checkpoint, asker }))
    try {
      return await work(await get())
    } catch (error) {
      // Others may have needed the room in between.
      if (!(error instanceof HourglassError && error.code === errorCodes.artifactMissing)) throw error
      return work(await get())
    }
  }

  /** Lays codes out on a map, as a safetensors file of places, labels and errors. */
  async places({ projection, fit, ...request }: PlacesRequest, asker: Asker): Promise<Uint8Array> {
    requireUnits(request.run, projection)
    const { content } = await this.use(request, asker, async (path): Promise<AnswerOf<'places'>> => {
      if (projection.kind === 'units') return expect('places', await this.#process.call({ type: 'places', path, projection }, asker))
      return this.#artifacts.use(request.run, artifactNames.codes(fit), async (file) => {
        const principal = { kind: 'principal', codes: placeOf(file) } as const
        return expect('places', await this.#process.call({ type: 'places', path, projection: principal }, asker))
      })
    })
    return content
  }

  /** Describes some of all examples, by their rows. */
  async describe({ run, epoch }: Omit<CodedRequest, 'choice'>, rows: readonly number[], asker: Asker): Promise<AnswerOf<'selection'>> {
    const chosen = toRows(rows)
    const { config } = describeConfig(run)
    return this.use({ run, epoch, choice: 'all' }, asker, async (path) =>
      expect(
        'selection',
        await this.#process.call({ type: 'selection', path, config, hash: run.datasetHash, rows: chosen, worst: MOST_WORST }, asker),
      ),
    )
  }

  /** Finds clusters among the codes of some of all examples. Of each row, ascending, the cluster. */
  async cluster(
    { run, epoch, wanted, seed }: Omit<CodedRequest, 'choice'> & { readonly wanted: number; readonly seed: number },
    rows: readonly number[],
    asker: Asker,
  ): Promise<AnswerOf<'clusters'> & { readonly rows: Uint32Array }> {
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_CLUSTERS) {
      throw new HourglassError(errorCodes.badUserInput, `count: expected 1 to ${MOST_CLUSTERS} clusters, got ${wanted}.`)
    }
    const chosen = toRows(rows)
    const answer = await this.use({ run, epoch, choice: 'all' }, asker, async (path) =>
      expect('clusters', await this.#process.call({ type: 'clusters', path, rows: chosen, wanted, seed }, asker)),
    )
    return { ...answer, rows: chosen }
  }

  /** Computes the codes, and tells how far that is, until they are there. Whoever is returned from waits no more. */
  follow(request: CodedRequest, client: Asker['client']): AsyncGenerator<CodedProgress, void> {
    return abortable((aborted) => this.#follow(request, { client, signal: aborted }))
  }

  async *#follow(request: CodedRequest, asker: Asker): AsyncGenerator<CodedProgress, void> {
    const changed = new Latch()
    this.#followers.add(changed)
    asker.signal.addEventListener('abort', () => changed.set(), { once: true })
    let outcome: CodedProgress | undefined
    const named = { tag: '' }
    const over = (ended: Partial<CodedProgress>) => {
      outcome = { ...(told ?? begun), ...ended }
      changed.set()
    }
    let told: CodedProgress | undefined
    useModel(this.#artifacts, request, (checkpoint) => this.#make(request, { checkpoint, asker, named })).then(
      () => over({ done: told?.total ?? 0, isReady: true }),
      (error: unknown) => {
        const { code, message } = error instanceof HourglassError ? error : { code: 'INTERNAL_SERVER_ERROR', message: String(error) }
        over({ problem: { code, message } })
      },
    )
    try {
      while (!asker.signal.aborted) {
        changed.clear()
        if (outcome) {
          yield outcome
          return
        }
        const now = this.#progress.get(named.tag) ?? told ?? begun
        if (now !== told && (told === undefined || now.done !== told.done || now.total !== told.total)) {
          told = now
          yield now
        } else await changed.wait()
      }
    } finally {
      this.#followers.delete(changed)
    }
  }

  async #make({ run, epoch, choice }: CodedRequest, { checkpoint, asker, named = { tag: '' } }: Making): Promise<string> {
    const model = describeModel(run, epoch, checkpoint)
    const made = JSON.stringify([VERSION, await contentOf(checkpoint), model.config, run.datasetHash, choice])
    const tag = createHash('sha256').update(made).digest('hex').slice(0, 32)
    named.tag = tag
    const kept = await this.#files.find(tag)
    if (kept) return kept
    return this.#work.do(tag, asker.signal, async (signal) => {
      const tell = (done: number, total: number) => {
        this.#progress.set(tag, { ...begun, done, total })
        for (const follower of this.#followers) follower.set()
      }
      try {
        const output = { folder: this.#files.path, key: tag }
        const call = { type: 'encodeAll', model, hash: run.datasetHash, choice, output } as const
        const onProgress: Asker['onProgress'] = ({ done, total }) => tell(done, total)
        const { name } = expect('encoded', await this.#process.call(call, { client: asker.client, signal, onProgress }))
        await this.#files.evict(name)
        return join(this.#files.path, name)
      } finally {
        this.#progress.delete(tag)
      }
    })
  }
}

/** Examples of a selection whose errors are told. */
const MOST_WORST = 24
const MOST_CLUSTERS = 64
/** Rows that are asked about at once: those of the largest data set, and some. */
export const MOST_ROWS = 100_000

const describeConfig = (run: Run) => ({ config: { version: run.configVersion, value: run.config } })

function expect<Type extends ModelReply['type']>(type: Type, answer: ModelReply): AnswerOf<Type> {
  if (answer.type === type) return answer as AnswerOf<Type>
  throw new TypeError(`model process: expected ${type}, got ${answer.type}`)
}

/** Sorts the rows of examples, each once; throws BAD_USER_INPUT for what are none of this many. */
function toRows(rows: readonly number[]): Uint32Array<ArrayBuffer> {
  if (rows.length < 1 || rows.length > MOST_ROWS) {
    throw new HourglassError(errorCodes.badUserInput, `rows: expected 1 to ${MOST_ROWS}, got ${rows.length}.`)
  }
  const wrong = rows.find((row) => !Number.isInteger(row) || row < 0 || row >= MOST_ROWS)
  if (wrong !== undefined) {
    throw new HourglassError(errorCodes.badUserInput, `rows: expected numbers of examples from 0, got ${wrong}.`)
  }
  return Uint32Array.from(new Set(rows)).sort()
}

function requireUnits(run: Run, projection: PlaneProjection): void {
  const size = codeLengthOf(requireConfig(run))
  const units = projection.kind === 'units' ? [projection.across, ...(projection.up === null ? [] : [projection.up])] : [0, 1]
  const wrong = units.find((unit) => unit >= size)
  if (wrong === undefined && !(projection.kind === 'units' && projection.up === null && size > 1)) return
  const expected = size === 1 ? 'z1' : `principal, or two units from z1 to z${size}`
  throw new HourglassError(errorCodes.badUserInput, `map: expected ${expected}, got another.`)
}
