import type { ArtifactRef, RunReport, RunReportOf } from '@hourglass/protocol'
import { z } from 'zod'
import type { SeriesPoint } from '../database/SeriesPoint.js'
import type { Prisma, Run } from '../generated/prisma/client.js'
import { finalValues } from './finalValues.js'
import type { RunFacts } from './RunFacts.js'
import { setRunMetrics } from './runValues.js'
import { appendSeries } from './series/SeriesStore.js'

/** Reports that leave something in the store. What becomes of a run that ended is settled by whoever gave it to the worker. */
export type StoredReport = Exclude<RunReport, { type: 'progress' | 'alive' | 'ended' | 'failed' }>

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
      data: { latest: { ...readLatest(run), [name]: seconds } },
    })
  },

  logged: async (facts, run, { axis, points }) => {
    const measured = points.map(({ at, values }) => ({ at, values: toNumbers(values) }))
    await appendSeries(facts.transaction, { runNumber: run.number, axis }, measured)
    const newest = Object.assign({}, ...measured.map(({ values }) => values)) as Record<string, number>
    await setRunMetrics(facts.transaction, run.number, newest)
    const [first, last] = [measured.at(0)?.at ?? 0, measured.at(-1)?.at ?? 0]
    return facts.append(run.number, {
      kind: 'VALUES_LOGGED',
      payload: { axis, first, last },
      data: { latest: toJson({ ...readLatest(run), ...newest }), ...(axis === 'epoch' ? { epochsCompleted: last } : {}) },
    })
  },

  // An epoch that is already stored changes nothing: a run that resumes from an older state trains it again, to the same values.
  epoch: async (facts, run, { epoch, finishedAt, values, artifacts }) => {
    if (epoch <= run.epochsCompleted) return run
    const measured = toNumbers(values)
    await appendSeries(facts.transaction, { runNumber: run.number, axis: 'epoch' }, [{ at: epoch, values: measured }])
    await addArtifacts(facts, run, artifacts)
    const latest = { ...readLatest(run), ...measured, ...bestOf(run, { at: epoch, values: measured }), ...totalOf(run, measured) }
    await setRunMetrics(facts.transaction, run.number, latest)
    return facts.append(run.number, {
      kind: 'EPOCH_COMPLETED',
      payload: { epoch },
      at: new Date(finishedAt),
      data: { epochsCompleted: epoch, latest: toJson(latest), interruptions: 0 },
    })
  },

  artifacts: async (facts, run, { artifacts }) => {
    await addArtifacts(facts, run, artifacts)
    return facts.append(run.number, { kind: 'ARTIFACTS_ADDED', payload: { names: artifacts.map(({ name }) => name) } })
  },

  // An earlier analysis gives way, with its figures.
  analysed: async (facts, run, { version, measured, figures, artifacts }) => {
    await replaceArtifacts(facts, run, { types: ['figure'], artifacts })
    const row = { version, measured: measured as Prisma.InputJsonValue, figures: figures as Prisma.InputJsonValue }
    await facts.transaction.analysis.upsert({
      where: { runNumber: run.number },
      create: { runNumber: run.number, ...row },
      update: row,
    })
    const measuredFinally = finalValues({ version, measured })
    await setRunMetrics(facts.transaction, run.number, measuredFinally)
    const latest = toJson({ ...readLatest(run), ...measuredFinally })
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

const latestSchema = z.record(z.string(), z.number())

/** Reads the numbers that a run's row keeps of its newest epoch. */
export function readLatest({ latest }: Pick<Run, 'latest'>): Readonly<Record<string, number>> {
  return latestSchema.parse(latest)
}

function bestOf(run: Run, { at, values }: SeriesPoint): Record<string, number> {
  const loss = values.validationLoss
  const { bestValidationLoss } = readLatest(run)
  const isBest = loss !== undefined && Number.isFinite(loss) && (bestValidationLoss === undefined || loss < bestValidationLoss)
  return isBest ? { bestValidationLoss: loss, bestEpoch: at } : {}
}

function totalOf(run: Run, { seconds = 0 }: Readonly<Record<string, number>>): Record<string, number> {
  return { totalSeconds: (readLatest(run).totalSeconds ?? 0) + seconds }
}

/** JSON has no numbers that are not finite: reports write null for them, series keep NaN. */
function toNumbers(values: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? Number.NaN]))
}

/** A number that is not finite is left out. */
function toJson(values: Readonly<Record<string, number>>): Prisma.InputJsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)))
}

async function addArtifacts(facts: RunFacts, run: Run, artifacts: readonly ArtifactRef[]): Promise<void> {
  if (artifacts.length === 0) return
  // Only the newest training state is of use.
  const types = artifacts.some(({ type }) => type === 'resume') ? ['resume'] : []
  await replaceArtifacts(facts, run, { types, artifacts })
}

/** Lists files of a run; those of the given types that are listed no more are obsolete. */
async function replaceArtifacts(
  { transaction, obsolete }: RunFacts,
  { id: runId, number: runNumber }: Run,
  { types, artifacts }: { readonly types: readonly string[]; readonly artifacts: readonly ArtifactRef[] },
): Promise<void> {
  const names = artifacts.map(({ name }) => name)
  const replaced = await transaction.artifact.findMany({
    where: { runNumber, OR: [{ type: { in: [...types] } }, { name: { in: names } }] },
    select: { name: true },
  })
  if (replaced.length > 0) {
    await transaction.artifact.deleteMany({ where: { runNumber, name: { in: replaced.map(({ name }) => name) } } })
    obsolete.push(...replaced.filter(({ name }) => !names.includes(name)).map(({ name }) => ({ runId, name })))
  }
  await transaction.artifact.createMany({
    data: artifacts.map(({ name, type, bytes, sha256 }) => ({
      runNumber,
      name,
      type,
      bytes,
      sha256: sha256 === null ? null : Buffer.from(sha256, 'hex'),
    })),
  })
}
