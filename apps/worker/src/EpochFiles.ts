import { type ArtifactRef, epochOfArtifact, type RunAssignment, spacedEpochs } from '@hourglass/protocol'
import type { ArtifactContent, Artifacts } from './Artifacts.js'
import { hashOf } from './hashOf.js'
import { say } from './say.js'
import { WorkerError } from './WorkerError.js'

export interface EpochFilesOptions {
  readonly artifacts: Artifacts
  readonly assignment: Pick<RunAssignment, 'artifacts' | 'epochsCompleted' | 'best' | 'retention'>
  /** Epochs that are asked for. */
  readonly epochs: number
}

/** What an epoch leaves. */
export interface LeftFiles {
  readonly epoch: number
  /** Null where no examples are held out: then no epoch is the best. */
  readonly validationLoss: number | null
  readonly files: readonly ArtifactContent[]
  /** Of the training state, which takes room as well. */
  readonly stateBytes: number
}

export interface KeptFiles {
  /** What is to be listed: the files of the epoch, and others that lie elsewhere from then on. */
  readonly artifacts: readonly ArtifactRef[]
  /** Earlier epochs whose checkpoint and codes are kept no more. */
  readonly dropped: readonly number[]
}

/** Packs of epochs that a run may have before they become one: each attempt begins its own. */
const MOST_PACKS = 4
/** Bytes that are read before they are written, on the way from packs to another. */
const PORTION = 16_000_000

/**
 * Keeps what epochs leave, one behind the other in packs. Every epoch's, while the run's files take no more than retention says; above that checkpoint and
 * codes of the first, the best (where examples are held out) and the newest epoch and of some spaced logarithmically. Which these are is known from the beginning, so that packs hold
 * nothing that will go: what is kept for being the best or the newest alone is a file of its own.
 */
export class EpochFiles {
  readonly #artifacts: Artifacts
  readonly #listed = new Map<string, ArtifactRef>()
  readonly #retention: RunAssignment['retention']
  readonly #epochs: number
  #best: RunAssignment['best']
  #isThinned: boolean

  constructor({ artifacts, assignment, epochs }: EpochFilesOptions) {
    this.#artifacts = artifacts
    for (const ref of assignment.artifacts) this.#listed.set(ref.name, ref)
    this.#retention = assignment.retention
    this.#epochs = epochs
    this.#best = assignment.best
    // Once some are gone the others stay spaced, however small the run has become.
    this.#isThinned = this.#refsOf('checkpoint').length < assignment.epochsCompleted
  }

  /** Of the epochs so far the one with the lowest validation loss. */
  get best(): RunAssignment['best'] {
    return this.#best
  }

  async keep({ epoch, validationLoss, files, stateBytes }: LeftFiles): Promise<KeptFiles> {
    if (
      validationLoss !== null &&
      Number.isFinite(validationLoss) &&
      validationLoss < (this.#best?.validationLoss ?? Number.POSITIVE_INFINITY)
    ) {
      this.#best = { epoch, validationLoss }
    }
    const incoming = files.reduce((sum, { content }) => sum + content.length, stateBytes)
    this.#isThinned ||= this.#bytes() + incoming > this.#retention.bytes
    const spaced = this.#isThinned ? new Set(spacedEpochs(Math.max(this.#epochs, epoch), this.#retention.epochs)) : undefined
    const isSpaced = (of: number) => spaced === undefined || of === 1 || spaced.has(of)
    const isKept = (of: number) => isSpaced(of) || of === epoch || of === this.#best?.epoch

    const gone = this.#modelRefs().filter(({ name }) => !isKept(epochOfArtifact(name) ?? 0))
    for (const { name } of gone) this.#listed.delete(name)
    const isPacked = ({ name, type }: { name: string; type: string }) => !isModel(type) || isSpaced(epochOfArtifact(name) ?? 0)
    const moved = this.#isRepackDue(gone) ? await this.#repack(isPacked) : []
    const packed = await this.#artifacts.append(files.filter(isPacked))
    const own = await Promise.all(files.filter((file) => !isPacked(file)).map((file) => this.#artifacts.write(file)))
    const artifacts = [...moved, ...packed, ...own]
    for (const ref of artifacts) this.#listed.set(ref.name, ref)
    return { artifacts, dropped: [...new Set(gone.map(({ name }) => epochOfArtifact(name) ?? 0))].sort((a, b) => a - b) }
  }

  /**
   * Keeps again what was listed of an epoch and is lost, once the epoch has been trained again: what comes out is what was written, to the last bit, or is left
   * alone. Returns what is to be listed in its place.
   */
  async restore(files: readonly ArtifactContent[]): Promise<readonly ArtifactRef[]> {
    const restored: ArtifactRef[] = []
    for (const file of files) {
      const ref = this.#listed.get(file.name)
      if (!ref || (await this.#readUnlessLost(ref))) continue
      if (ref.sha256 !== null && ref.sha256 !== hashOf(file.content)) continue
      restored.push(...(ref.place ? await this.#artifacts.append([file]) : [await this.#artifacts.write(file)]))
      say(`${file.name}: came out again as it was written`)
    }
    for (const ref of restored) this.#listed.set(ref.name, ref)
    return restored
  }

  #refsOf(type: string): readonly ArtifactRef[] {
    return [...this.#listed.values()].filter((ref) => ref.type === type)
  }

  #modelRefs(): readonly ArtifactRef[] {
    return [...this.#listed.values()].filter(({ type }) => isModel(type))
  }

  /** Of all files but training states, which are counted with each epoch. */
  #bytes(): number {
    return [...this.#listed.values()].reduce((sum, { type, bytes }) => (type === 'resume' ? sum : sum + bytes), 0)
  }

  /** What lies in packs of epochs, in the order in which it was written. */
  #packed(): readonly ArtifactRef[] {
    return [...this.#listed.values()].filter(({ type, place }) => place && type !== 'figure')
  }

  #isRepackDue(gone: readonly ArtifactRef[]): boolean {
    return gone.some(({ place }) => place) || new Set(this.#packed().map(({ place }) => place?.pack)).size > MOST_PACKS
  }

  /**
   * Copies what is kept of all packs of epochs into one, or out of it. Whatever is damaged stays where it is: nothing is listed with content that nobody
   * wrote.
   */
  async #repack(isPacked: (ref: ArtifactRef) => boolean): Promise<ArtifactRef[]> {
    this.#artifacts.beginPack()
    const moved: ArtifactRef[] = []
    let portion: ArtifactContent[] = []
    let bytes = 0
    const flush = async () => {
      if (portion.length > 0) moved.push(...(await this.#artifacts.append(portion)))
      portion = []
      bytes = 0
    }
    for (const ref of this.#packed()) {
      const content = await this.#readUnlessLost(ref)
      if (!content) continue
      const file = { name: ref.name, type: ref.type, content }
      if (!isPacked(ref)) {
        moved.push(await this.#artifacts.write(file))
        continue
      }
      portion.push(file)
      bytes += content.length
      if (bytes >= PORTION) await flush()
    }
    await flush()
    return moved
  }

  async #readUnlessLost(ref: ArtifactRef): Promise<Uint8Array | undefined> {
    try {
      return await this.#artifacts.read(ref)
    } catch (error) {
      if (!(error instanceof WorkerError)) throw error
      say(error.message)
      return undefined
    }
  }
}

/** Whether retention may take a file of the type away; reconstructions stay. */
function isModel(type: string): boolean {
  return type === 'checkpoint' || type === 'codes'
}
