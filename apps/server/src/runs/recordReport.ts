import { epochCatalog } from '@hourglass/autoencoders'
import { type ArtifactRef, artifactNames, epochOfArtifact, type RunReport, type RunReportOf } from '@hourglass/protocol'
import { nameOfStored, storedName, storedType } from '../artifacts/storedNames.js'
import { packJson } from '../database/packedJson.js'
import type { SeriesPoint } from '../database/SeriesPoint.js'
import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { replaceArtifacts, unlist } from './fileLists.js'
import { finalValues } from './finalValues.js'
import type { RunFacts } from './RunFacts.js'
import { readLatest, writeLatest } from './readLatest.js'
import { recordLogged } from './recordLogged.js'
import { setRunMetrics } from './runValues.js'
import { appendSeries, readSeries } from './series/SeriesStore.js'
import { toNumbers } from './toNumbers.js'

/** Reports that leave something in the store. What becomes of a run that ended is settled by whoever gave it to the worker. */
export type StoredReport = Exclude<RunReport, { type: 'progress' | 'waiting' | 'alive' | 'ended' | 'failed' }>

type Recorders = { readonly [Type in StoredReport['type']]: (facts: RunFacts, run: Run, report: RunReportOf<Type>) => Promise<Run> }

/** How each kind of report is stored, with the event that tells of it. Returns the run as it is then. */
const recorders: Recorders = {
  started: async (facts, run, { host, engine, runtime, parameterCount, dataset, sampleLabels, artifacts }) => {
    await addArtifacts(facts, run, artifacts)
    return facts.append(run.number, {
      kind: 'TRAINING_STARTED',
      payload: { attempt: run.attempt },
      data: { host, engine, runtime, parameterCount, datasetHash: dataset?.hash ?? null, sampleLabels: [...sampleLabels] },
    })
  },

  timed: async (facts, run, { stage, seconds }) => {
    const name = `${stage}Seconds`
    await setRunMetrics(facts.transaction, run.number, { [name]: seconds })
    return facts.append(run.number, {
      kind: 'STAGE_COMPLETED',
      payload: { stage, seconds },
      data: { latest: writeLatest({ ...readLatest(run), [name]: seconds }) },
    })
  },

  logged: recordLogged,

  resumedEarlier: async (facts, run, { epoch, unusable }) => {
    await unlist(
      facts,
      run,
      unusable.map(({ name }) => name),
    )
    return facts.append(run.number, { kind: 'RESUMED_EARLIER', payload: { epoch, reasons: unusable.map(({ message }) => message) } })
  },

  epoch: async (facts, run, { epoch, finishedAt, values, artifacts, dropped = [] }) => {
    if (epoch <= run.epochsCompleted) return recordEpochAgain(facts, run, { epoch, values: toNumbers(values), artifacts })
    const measured = toNumbers(values)
    await appendSeries(facts.transaction, { runNumber: run.number, axis: 'epoch' }, [{ at: epoch, values: measured }])
    await addArtifacts(facts, run, artifacts)
    if (dropped.length > 0) {
      const names = dropped.flatMap((earlier) => [artifactNames.checkpoint(earlier), artifactNames.codes(earlier)])
      await unlist(facts, run, names)
    }
    const latest = { ...readLatest(run), ...measured, ...bestOf(run, { at: epoch, values: measured }), ...totalOf(run, measured) }
    await setRunMetrics(facts.transaction, run.number, latest)
    return facts.append(run.number, {
      kind: 'EPOCH_COMPLETED',
      payload: dropped.length > 0 ? { epoch, modelsDropped: dropped } : { epoch },
      at: new Date(finishedAt),
      data: { epochsCompleted: epoch, latest: writeLatest(latest), interruptions: 0 },
    })
  },

  // What is asked of a run are from then on the epochs that it has: all else that counts them needs no exception.
  stoppedEarly: async (facts, run, { epoch, bestEpoch }) => {
    if (epoch !== run.epochsCompleted) {
      const expected = `the end after epoch ${run.epochsCompleted}, the newest that is stored`
      throw new HourglassError(
        errorCodes.badUserInput,
        `stoppedEarly: expected ${expected}, got it after epoch ${epoch}. Report its epochs first.`,
      )
    }
    await dropEarlierStates(facts, run)
    return facts.append(run.number, { kind: 'STOPPED_EARLY', payload: { epoch, bestEpoch }, data: { epochs: epoch } })
  },

  artifacts: async (facts, run, { artifacts }) => {
    await addArtifacts(facts, run, artifacts)
    return facts.append(run.number, { kind: 'ARTIFACTS_ADDED', payload: { names: artifacts.map(({ name }) => name) } })
  },

  // An earlier analysis gives way, with its figures.
  analysed: async (facts, run, { epoch, version, measured, figures, artifacts }) => {
    await replaceArtifacts(facts, run, { types: ['figure'], artifacts })
    const row = {
      version,
      epoch,
      measured: packJson(measured),
      figures: packJson(figures),
    }
    await facts.transaction.analysis.upsert({
      where: { runNumber: run.number },
      create: { runNumber: run.number, ...row },
      update: row,
    })
    const measuredFinally = finalValues({ version, measured })
    await setRunMetrics(facts.transaction, run.number, measuredFinally)
    const latest = writeLatest({ ...readLatest(run), ...measuredFinally })
    const data = { analyzedAt: new Date(), latest, analysisErrorCode: null, analysisErrorMessage: null, interruptions: 0 }
    return facts.append(run.number, { kind: 'ANALYSIS_COMPLETED', payload: {}, data })
  },

  analysisFailed: (facts, run, failure) => facts.failAnalysis(run.number, failure),
}

/** Stores what a worker reports of a run, in the caller's transaction. */
export function recordReport(facts: RunFacts, run: Run, report: StoredReport): Promise<Run> {
  // The row of a report's type takes reports of that type.
  const record = recorders[report.type] as (facts: RunFacts, run: Run, report: StoredReport) => Promise<Run>
  return record(facts, run, report)
}

/** Test examples choose no epoch: without validation examples none is the best. */
function bestOf(run: Run, { at, values }: SeriesPoint): Record<string, number> {
  if (run.validationCount === 0) return {}
  const loss = values.validationLoss
  const { bestValidationLoss } = readLatest(run)
  const isBest = loss !== undefined && Number.isFinite(loss) && (bestValidationLoss === undefined || loss < bestValidationLoss)
  return isBest ? { bestValidationLoss: loss, bestEpoch: at } : {}
}

function totalOf(run: Run, { seconds = 0 }: Readonly<Record<string, number>>): Record<string, number> {
  return { totalSeconds: (readLatest(run).totalSeconds ?? 0) + seconds }
}

async function addArtifacts(facts: RunFacts, run: Run, artifacts: readonly ArtifactRef[]): Promise<void> {
  if (artifacts.length === 0) return
  await replaceArtifacts(facts, run, { types: [], artifacts })
  if (artifacts.some(({ type }) => type === 'resume')) await keepNewestStates(facts, run, artifacts)
}

/** A run that will have no more epochs needs no training state but its newest. */
async function dropEarlierStates(facts: RunFacts, run: Run): Promise<void> {
  const listed = await namesOfStates(facts, run)
  const newest = artifactNames.resume(run.epochsCompleted)
  if (listed.includes(newest))
    await unlist(
      facts,
      run,
      listed.filter((name) => name !== newest),
    )
}

/** The training state before the newest one is what a run goes on from where that is damaged; one with all its epochs needs none. */
async function keepNewestStates(facts: RunFacts, run: Run, artifacts: readonly ArtifactRef[]): Promise<void> {
  const newest = artifacts.flatMap(({ type, name }) => (type === 'resume' ? (epochOfArtifact(name) ?? []) : [])).at(-1) ?? 0
  const listed = await namesOfStates(facts, run)
  const states = listed.map((name) => ({ name, epoch: epochOfArtifact(name) ?? 0 }))
  const earlier = Math.max(0, ...states.flatMap(({ epoch }) => (epoch < newest ? epoch : [])))
  const kept = newest === run.epochs ? [newest] : [newest, earlier]
  await unlist(
    facts,
    run,
    states.flatMap(({ name, epoch }) => (kept.includes(epoch) ? [] : name)),
  )
}

async function namesOfStates({ transaction }: RunFacts, { number }: Run): Promise<readonly string[]> {
  const where = { runNumber: number, type: storedType('resume') }
  return (await transaction.artifact.findMany({ where, select: { name: true } })).map(({ name }) => nameOfStored(name))
}

/** How long an epoch took, and how much of the machine, is another matter each time. */
const PASSING: readonly string[] = epochCatalog.flatMap(({ id, role }) => (role === 'speed' || role === 'system' ? id : []))

interface EpochAgain {
  readonly epoch: number
  readonly values: Readonly<Record<string, number>>
  readonly artifacts: readonly ArtifactRef[]
}

/**
 * Takes an epoch that a run trained again from an older state: its values stand already, new are its training state and what was lost of its files. Throws EPOCH_DIFFERS where it came
 * out otherwise, as on another machine it may: what is stored and what would follow were then of two different trainings.
 */
async function recordEpochAgain(facts: RunFacts, run: Run, { epoch, values, artifacts }: EpochAgain): Promise<Run> {
  const [points = []] = await readSeries(facts.transaction, [{ runNumber: run.number, axis: 'epoch', after: epoch - 1, upTo: epoch }])
  const stored = points[0]?.values ?? {}
  const different = Object.keys(values).find((name) => !PASSING.includes(name) && name in stored && !Object.is(stored[name], values[name]))
  if (different !== undefined) {
    throw new HourglassError(
      errorCodes.epochDiffers,
      `Epoch ${epoch} was trained again, since newer training states are missing or damaged: expected ${different} ${stored[different]} as it is stored, got ${values[different]}. Another machine or version trains now than did then. Restore the run's resume folder from a copy, or launch a new run with the same configuration.`,
    )
  }
  const names = artifacts.map(({ name }) => name)
  const listed = await facts.transaction.artifact.count({ where: { runNumber: run.number, name: { in: names.map(storedName) } } })
  // An epoch that is reported twice changes nothing.
  if (listed === artifacts.length && artifacts.every(({ type }) => type === 'resume')) return run
  await addArtifacts(facts, run, artifacts)
  return facts.append(run.number, { kind: 'ARTIFACTS_ADDED', payload: { names } })
}
