import { AUTOENCODER, modelFacts, type RunConfig, runConfigFormat } from '@hourglass/autoencoders'
import type { ArtifactRef, NewRunEventPayload, RunEventKind, RunEventPayload } from '@hourglass/protocol'
import { versionOf, writeRunEvent } from '@hourglass/protocol'
import { createId } from '../createId.js'
import type { Transaction } from '../database/Database.js'
import type { Prisma, Run, RunStatus } from '../generated/prisma/client.js'
import { artifactRow } from './artifactRow.js'
import { baselineKey, type RunExamples } from './baselineKey.js'
import { noFinalValues } from './finalValues.js'
import { appendLabEvent } from './labEvents.js'
import { nextInTurn } from './nextInTurn.js'
import type { RunSignal } from './RunSignals.js'
import { keepTexts, nameColumns } from './RunTexts.js'
import { readLatest, writeLatest } from './readLatest.js'
import { requireAll, runNotFound } from './requireRuns.js'
import { configValues, modelValues, setRunMetrics, setRunValues } from './runValues.js'

/** A run to be; its examples are counted where the configuration may say "as usual". */
export interface NewRun extends RunExamples {
  readonly name: string
  readonly config: RunConfig
  /** Where it starts, if not from initial weights. */
  readonly start?: RunStart | undefined
  /** Who launches it, as the row keeps that; empty for the lab itself. @default '' */
  readonly client?: string
  /** Whether it ends without being measured, as it may be given more epochs. @default false */
  readonly skipsAnalysis?: boolean
}

/** The model of another run that a run starts from. */
export interface RunStart {
  /** Given before the run is stored, as its folder has the copy of the model by then. */
  readonly runId: string
  readonly parent: { readonly id: string; readonly number: number; readonly name: string; readonly epoch: number }
  readonly model: ArtifactRef
}

/** Which build of the lab trains. */
export interface LabBuild {
  readonly version: string | null
  /** Null where it was built of no repository. */
  readonly commit: string | null
}

const unknownBuild: LabBuild = { version: null, commit: null }

/** Where a run belongs. */
export interface Membership {
  readonly experimentId: string
  /** From 0. */
  readonly place: number
  readonly label: string
}

export interface RunFailure {
  readonly code: string
  readonly message: string
}

export interface StatusChange {
  /** Statuses in which the change may happen. */
  readonly from: readonly RunStatus[]
  readonly to: RunStatus
  /** The attempt that must still be current; undefined for changes that come from no worker. */
  readonly attempt?: number | undefined
  readonly failure?: RunFailure | undefined
  /** What ended its worker without its doing, where the run is to go on by itself. */
  readonly interruption?: RunEventPayload<'INTERRUPTED'> | undefined
  /** Why a complete run cannot be measured. */
  readonly analysisFailure?: RunFailure | undefined
  /** What else changes in the same transaction. */
  readonly data?: Prisma.RunUpdateInput
}

/** What happens to a run, and what its row says from then on. */
export interface Fact<Kind extends RunEventKind> {
  readonly kind: Kind
  readonly payload: NewRunEventPayload<Kind>
  readonly at?: Date | undefined
  readonly data?: Prisma.RunUpdateInput | undefined
}

/** So many runs are passed over before nobody is given to a worker. */
const MOST_PASSED = 20

/** A file that belongs to its run no more. */
export interface ObsoleteFile {
  readonly runId: string
  readonly name: string
}

/**
 * Every way in which a run can change, within one transaction. Each change of a row appends the event that tells of it, so that whoever follows the
 * events knows of every change. {@link RunRecorder} opens the transaction and, once it stands, tells those who follow.
 */
export class RunFacts {
  /** Runs and experiments that changed, by id. */
  readonly changed = new Map<string, RunSignal>()
  readonly obsolete: ObsoleteFile[] = []
  readonly transaction: Transaction

  constructor(transaction: Transaction) {
    this.transaction = transaction
  }

  /** Appends an event to a run's history and changes its row in one. Returns the row as it is then. */
  async append<Kind extends RunEventKind>(runNumber: number, { kind, payload, at, data = {} }: Fact<Kind>): Promise<Run> {
    const { seq } = await this.transaction.labEvent.create({
      data: { runNumber, kind, payload: writeRunEvent(kind, payload), ...(at ? { at } : {}) },
      select: { seq: true },
    })
    const run = await this.transaction.run.update({ where: { number: runNumber }, data: { ...data, lastSeq: seq } })
    if (!this.changed.has(run.id)) this.changed.set(run.id, 'stored')
    return run
  }

  /** Adds a queued run. */
  async launch({ name, config, start, client = '', skipsAnalysis = false, ...examples }: NewRun, membership?: Membership): Promise<Run> {
    const { dataset } = config.data
    const baseline = await this.transaction.pcaBaseline.findUnique({
      where: { key: { ...baselineKey(config, examples) } },
      select: { id: true },
    })
    const { trainCount, validationCount, testCount, selection } = examples
    const counts = { dataset, trainCount, validationCount, testCount, selection, epochs: config.training.epochs }
    const run = await this.transaction.run.create({
      data: {
        id: start?.runId ?? createId(),
        ...nameColumns(name),
        objectiveKey: modelFacts(config).objectiveKey,
        client,
        skipsAnalysis,
        kind: AUTOENCODER,
        ...envelopeOf(config),
        ...counts,
        pcaBaselineId: baseline?.id ?? null,
        ...membership,
        ...parentOf(start),
      },
    })
    const { number, id } = run
    if (start) await this.transaction.artifact.create({ data: { runNumber: number, ...artifactRow(start.model) } })
    this.changed.set(id, 'created')
    await setRunValues(this.transaction, number, configValues(config))
    await setRunValues(this.transaction, number, modelValues(config))
    await keepTexts(this.transaction, number, run)
    const { lastSeq } = await this.append(number, { kind: 'STATUS_CHANGED', payload: { status: 'QUEUED', error: null } })
    if (baseline) await this.append(number, { kind: 'PCA_BASELINE_COMPUTED', payload: {} })
    return this.transaction.run.update({ where: { number }, data: { firstSeq: lastSeq } })
  }

  /** Changes a run's status; returns null where the run is in none of `from`, is gone, or another attempt has begun. */
  async changeStatus(id: string, change: StatusChange): Promise<Run | null> {
    const { from, attempt, failure, interruption, analysisFailure, data } = change
    const run = await this.transaction.run.findUnique({ where: { id } })
    if (!run || !from.includes(run.status) || (attempt !== undefined && attempt !== run.attempt)) return null
    // One that was asked to stop while its worker was lost does not go on.
    const isStopped = interruption !== undefined && run.stopRequested
    const to = isStopped ? statusWhenStopped(run) : change.to
    if (interruption && !isStopped) {
      const facts = { wasInterrupted: true, interruptions: interruption.time }
      await this.append(run.number, { kind: 'INTERRUPTED', payload: interruption, data: facts })
    }
    if (analysisFailure) await this.failAnalysis(run.number, analysisFailure)
    return this.append(run.number, {
      kind: 'STATUS_CHANGED',
      payload: { status: to, error: failure ?? null },
      data: {
        ...data,
        ...(isStopped ? { finishedAt: new Date() } : {}),
        // Once it waits no more, its place is another's.
        ...(to === 'QUEUED' ? {} : { queuePlace: null }),
        status: to,
        errorCode: failure?.code ?? null,
        errorMessage: failure?.message ?? null,
      },
    })
  }

  /**
   * Gives the queued run whose turn it is to a worker: marks it as running and begins its next attempt. Null where none is queued, or none may start.
   *
   * @param mayStart Whether a run may; `others` where those behind it may be asked for instead.
   */
  async claimNext(mayStart: (run: Run) => boolean | 'others' = () => true, lab: LabBuild = unknownBuild): Promise<Run | null> {
    const passed: number[] = []
    let next = await nextInTurn(this.transaction)
    for (let may = next && mayStart(next); next && may !== true; may = next && mayStart(next)) {
      if (may !== 'others' || passed.push(next.number) === MOST_PASSED) return null
      next = await nextInTurn(this.transaction, passed)
    }
    if (!next) return null
    const build = { labVersion: lab.version, labCommit: lab.commit }
    const began = { startedAt: next.startedAt ?? new Date(), finishedAt: null, stopRequested: false, wasInterrupted: false, ...build }
    const run = await this.changeStatus(next.id, { from: ['QUEUED'], to: 'RUNNING', data: { ...began, attempt: { increment: 1 } } })
    return run && this.transaction.run.update({ where: { number: run.number }, data: { claimedSeq: run.lastSeq } })
  }

  /** Says that a run was to be measured and could not be. */
  async failAnalysis(runNumber: number, { code, message }: RunFailure): Promise<Run> {
    const data = { analysisErrorCode: code, analysisErrorMessage: message }
    return this.append(runNumber, { kind: 'ANALYSIS_FAILED', payload: { code, message }, data })
  }

  /** Queues a completed run again for more epochs, measured after them unless asked otherwise; returns null where it is not complete, or is gone. */
  async extend(id: string, config: RunConfig, { skipsAnalysis = false }: Pick<NewRun, 'skipsAnalysis'> = {}): Promise<Run | null> {
    const run = await this.transaction.run.findUnique({ where: { id } })
    if (run?.status !== 'COMPLETED' || run.epochs === null) return null
    const { epochs } = config.training
    // The analysis stands, with its epoch, until the run is measured again; its numbers are no longer those of the finished run.
    const measured = noFinalValues()
    const latest = writeLatest(Object.fromEntries(Object.entries(readLatest(run)).filter(([name]) => !(name in measured))))
    await setRunMetrics(this.transaction, run.number, measured)
    await setRunValues(this.transaction, run.number, configValues(config))
    await this.append(run.number, {
      kind: 'EXTENDED',
      payload: { from: run.epochs, to: epochs },
      data: { ...envelopeOf(config), epochs, skipsAnalysis, latest },
    })
    return this.changeStatus(id, { from: ['COMPLETED'], to: 'QUEUED', data: resumedFacts })
  }

  /** Throws RUN_NOT_FOUND. A run that has the name already stays as it is. */
  async rename(id: string, name: string): Promise<Run> {
    const run = await this.transaction.run.findUnique({ where: { id, deletedAt: null } })
    if (!run) throw runNotFound([id])
    if (run.name === name) return run
    const renamed = await this.append(run.number, { kind: 'RENAMED', payload: { name }, data: nameColumns(name) })
    await keepTexts(this.transaction, run.number, renamed)
    return renamed
  }

  /** Remembers that a running run is to stop, so that a restart does not continue it; returns null where it is not running. */
  async requestStop(id: string): Promise<Run | null> {
    const run = await this.transaction.run.findUnique({ where: { id } })
    if (run?.status !== 'RUNNING') return null
    if (run.stopRequested) return run
    return this.append(run.number, { kind: 'STOP_REQUESTED', payload: {}, data: { stopRequested: true } })
  }

  /** Tells a run that its baseline is there. */
  async giveBaseline(runNumber: number, pcaBaselineId: number): Promise<Run> {
    return this.append(runNumber, {
      kind: 'PCA_BASELINE_COMPUTED',
      payload: {},
      data: { pcaBaseline: { connect: { id: pcaBaselineId } } },
    })
  }

  /** Deletes runs with all their rows, and leaves a mark for each; throws RUN_NOT_FOUND, and deletes nothing, where one is missing. */
  async delete(ids: readonly string[]): Promise<void> {
    const where = { id: { in: [...ids] } }
    await requireAll(this.transaction.run, ids)
    const members = await this.transaction.run.findMany({
      where: { ...where, experimentId: { not: null } },
      select: { experimentId: true },
      distinct: ['experimentId'],
    })
    await this.transaction.run.deleteMany({ where })
    let lastSeq = 0
    for (const deletedId of ids) {
      lastSeq = await appendLabEvent(this.transaction, 'RUN_DELETED', { deletedId })
      this.changed.set(deletedId, 'deleted')
    }
    const experimentIds = members.flatMap(({ experimentId }) => experimentId ?? [])
    await this.transaction.experiment.updateMany({ where: { id: { in: experimentIds } }, data: { lastSeq } })
  }
}

/** A configuration as the row of a run keeps it. */
function envelopeOf(config: RunConfig) {
  return { configVersion: versionOf(runConfigFormat), config: config as Prisma.InputJsonObject }
}

function parentOf(start: RunStart | undefined) {
  if (!start) return {}
  const { id, number, name, epoch } = start.parent
  return { parentId: id, parentNumber: number, parentName: name, parentEpoch: epoch }
}

/** What the row of a run says once somebody resumes it. */
export const resumedFacts = { finishedAt: null, stopRequested: false, wasInterrupted: false, interruptions: 0 } as const

/** Tells what becomes of a queued run that is stopped: one that only waits to be measured is complete. */
export function statusWhenStopped({ epochs, epochsCompleted }: Pick<Run, 'epochs' | 'epochsCompleted'>): RunStatus {
  return epochs !== null && epochsCompleted >= epochs ? 'COMPLETED' : 'STOPPED'
}
