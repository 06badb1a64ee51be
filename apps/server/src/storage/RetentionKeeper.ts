import { artifactNames, packNumbersOf, type RunAssignment } from '@hourglass/protocol'
import { LRUCache } from 'lru-cache'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { holderOf } from '../artifacts/StoredFile.js'
import { readNames } from '../artifacts/storedNames.js'
import type { Database } from '../database/Database.js'
import { giveTurn } from '../database/giveTurn.js'
import type { Artifact, Run } from '../generated/prisma/client.js'
import type { Log } from '../log.js'
import { endedStatuses } from '../runs/dropModels.js'
import type { RunRecorder } from '../runs/RunRecorder.js'
import { moveToPack } from './moveToPack.js'
import { type PlannedDrop, planDrop } from './planDrop.js'
import { readFileSizes } from './readFileSizes.js'
import { endRetention, type RetentionProgress, readRetentionProgress, writeRetentionProgress } from './retentionProgress.js'

export interface RetentionKeeperOptions {
  readonly database: Pick<Database, 'read'>
  readonly recorder: RunRecorder
  readonly folders: RunFolders
  readonly retention: RunAssignment['retention']
  readonly log: Log
  /** Called once all is done: there may be space of the database to give back. */
  readonly onApplied?: () => void
}

/** What retention would take away, or took away. */
export interface DroppedSum {
  readonly runs: number
  /** Epochs of all these runs together whose models go. */
  readonly epochs: number
  readonly bytes: number
}

/** Runs whose files are looked at together, in some milliseconds: whoever else asks for something is answered in between. */
const PAGE = 20
/** What was found of a run is true until something happens to it. */
const MOST_KNOWN = 20_000

/** Applies retention to runs that ended under another setting, or in an earlier version: they keep models of more epochs than a run of today would. */
export class RetentionKeeper {
  readonly #options: RetentionKeeperOptions
  readonly #known = new LRUCache<string, { readonly plan: PlannedDrop | null }>({ max: MOST_KNOWN })
  #counting: Promise<DroppedSum> | undefined
  #applying: Promise<DroppedSum> | undefined
  #isClosing = false

  constructor(options: RetentionKeeperOptions) {
    this.#options = options
  }

  get isApplying(): boolean {
    return this.#applying !== undefined
  }

  /** Counts what would go. */
  count(): Promise<DroppedSum> {
    this.#counting ??= this.#sum((runs) => this.#planAll(runs)).finally(() => {
      this.#counting = undefined
    })
    return this.#counting
  }

  /** Removes models of epochs, a run after the other; resolves with what went when all is done. Whoever asks meanwhile waits for the same. */
  apply(): Promise<DroppedSum> {
    this.#applying ??= this.#applyToAll().finally(() => {
      this.#applying = undefined
    })
    return this.#applying
  }

  /** Applies it beside everything else; what goes wrong is in the log. */
  begin(): void {
    const { log, onApplied } = this.#options
    this.apply().then(onApplied, (error: unknown) => log.error({ err: error }, 'retention cannot be applied'))
  }

  /**
   * Removes what was left where a process was ended while it applied retention: files that are listed no more, and a pack that was to be. Returns whether that
   * has to go on: it was confirmed for other settings where these have changed since. Nobody may train meanwhile.
   */
  async recover(): Promise<boolean> {
    const { database, recorder, folders, retention, log } = this.#options
    const stored = await readRetentionProgress(database.read)
    if (!stored) return false
    if ('problem' in stored) {
      // What was confirmed is not known: nothing is removed before somebody confirms it again.
      log.warn({ problem: stored.problem }, 'retention that was interrupted does not go on: how far it was cannot be read')
      return false
    }
    const progress = stored.value
    const { bytes, epochs, runId } = progress
    const run = runId === null ? null : await database.read.run.findUnique({ where: { id: runId } })
    if (run) {
      await folders.sweepUnlisted(run.id, await this.#filesOf(run))
      log.info({ runId }, 'files removed that retention left as it was interrupted')
    }
    if (bytes === retention.bytes && epochs === retention.epochs) return true
    log.info({ progress, retention }, 'retention that was interrupted does not go on: its settings have changed')
    await recorder.record(({ transaction }) => endRetention(transaction))
    return false
  }

  /** Finishes the run that it is at; the next start goes on with the others. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#applying?.catch(() => undefined)
  }

  async #applyToAll(): Promise<DroppedSum> {
    await this.#keepProgress(null)
    const sum = await this.#sum((runs) => this.#dropAll(runs))
    if (!this.#isClosing) await this.#options.recorder.record(({ transaction }) => endRetention(transaction))
    return sum
  }

  async #keepProgress(runId: RetentionProgress['runId']): Promise<void> {
    const { recorder, retention } = this.#options
    await recorder.record(({ transaction }) => writeRetentionProgress(transaction, { ...retention, runId }))
  }

  async #sum(take: (runs: readonly Run[]) => AsyncIterable<PlannedDrop | null>): Promise<DroppedSum> {
    const sum = { runs: 0, epochs: 0, bytes: 0 }
    for await (const runs of this.#largeRuns()) {
      for await (const dropped of take(runs)) {
        if (dropped) {
          sum.runs++
          sum.epochs += dropped.epochs.length
          sum.bytes += dropped.bytes
        }
        if (this.#isClosing) return sum
      }
    }
    return sum
  }

  /** Runs that have ended and take more than one may, some at a time. */
  async *#largeRuns(): AsyncGenerator<readonly Run[]> {
    const { read } = this.#options.database
    const { bytes } = this.#options.retention
    const large = await read.$queryRawUnsafe<{ number: number | bigint }[]>(
      `SELECT runNumber AS number FROM StoredBytes GROUP BY runNumber HAVING sum(bytes) > ${bytes} ORDER BY runNumber`,
    )
    const numbers = large.map(({ number }) => Number(number))
    for (let first = 0; first < numbers.length && !this.#isClosing; first += PAGE) {
      const where = { number: { in: numbers.slice(first, first + PAGE) }, status: { in: [...endedStatuses] } }
      yield await read.run.findMany({ where, orderBy: { number: 'asc' } })
    }
  }

  async *#planAll(runs: readonly Run[]): AsyncGenerator<PlannedDrop | null> {
    const keyOf = ({ id, lastSeq }: Run) => `${id} ${lastSeq}`
    // Taken once: what is found of the first may push out what is known of the last.
    const known = runs.map((run) => ({ run, found: this.#known.get(keyOf(run)) }))
    const unknown = known.flatMap(({ run, found }) => (found ? [] : [run]))
    const files = await readFileSizes(this.#options.database.read, unknown)
    for (const { run, found } of known) {
      await giveTurn()
      const { plan } = found ?? { plan: planDrop(run, files.get(run.number) ?? [], this.#options.retention) }
      this.#known.set(keyOf(run), { plan })
      yield plan
    }
  }

  async *#dropAll(runs: readonly Run[]): AsyncGenerator<PlannedDrop | null> {
    for (const run of runs) yield await this.#drop(run)
  }

  async #filesOf({ number }: Run): Promise<Artifact[]> {
    const rows = await this.#options.database.read.artifact.findMany({ where: { runNumber: number }, orderBy: { name: 'asc' } })
    return rows.map(readNames)
  }

  /** Copies what stays out of packs in which something goes, then has the list changed; null where nothing went. */
  async #drop(run: Run): Promise<PlannedDrop | null> {
    const { recorder, folders, retention, log } = this.#options
    const files = await this.#filesOf(run)
    const plan = planDrop(run, files, retention)
    if (!plan) return null
    const names = new Set(plan.epochs.flatMap((epoch) => [artifactNames.checkpoint(epoch), artifactNames.codes(epoch)]))
    const opened = new Set(files.flatMap((file) => (file.pack !== null && names.has(file.name) ? [file.pack] : [])))
    const staying = files.filter(({ name, pack }) => pack !== null && opened.has(pack) && !names.has(name))
    const holders = new Set(files.map(holderOf))
    const pack = packNumbersOf(run.attempt).find((number) => !holders.has(artifactNames.pack(number)))
    if (pack === undefined && staying.length > 0) {
      log.warn({ runId: run.id }, 'models of run stay: all packs of its attempt are in use')
      return null
    }
    await this.#keepProgress(run.id)
    try {
      const moved =
        pack === undefined || staying.length === 0
          ? []
          : await moveToPack({
              files: staying,
              pack,
              locate: (name) => folders.locate(run.id, name),
              path: folders.pathOf(run.id, artifactNames.pack(pack)),
            })
      if (await recorder.dropModels(run, { ...plan, moved })) {
        log.info({ runId: run.id, epochs: plan.epochs.length, bytes: plan.bytes }, 'models of run removed')
        return plan
      }
    } catch (error) {
      log.warn({ err: error, runId: run.id }, 'models of run cannot be removed')
    }
    if (pack !== undefined) await folders.remove([{ runId: run.id, name: artifactNames.pack(pack) }])
    return null
  }
}
