import { AUTOENCODER, examplesOf, modelFacts, runConfigFormat } from '@hourglass/autoencoders'
import { versionOf } from '@hourglass/protocol'
import { foldText } from '@hourglass/query'
import SqliteDatabase from 'better-sqlite3'
import { encodeChunk } from '../../../apps/server/dist/database/seriesChunk.js'
import { artifactRow } from '../../../apps/server/dist/runs/artifactRow.js'
import { baselineKey } from '../../../apps/server/dist/runs/baselineKey.js'
import { describeNewRun } from '../../../apps/server/dist/runs/launchRun.js'
import { nameColumns } from '../../../apps/server/dist/runs/RunTexts.js'
import { writeLatest } from '../../../apps/server/dist/runs/readLatest.js'
import { memberRunName } from '../../../apps/server/dist/runs/runNames.js'
import { configValues, metricValues, modelValues } from '../../../apps/server/dist/runs/runValues.js'
import { planReports, seededId } from './planRun.mjs'

const POINTS = 128

/**
 * @typedef {ReturnType<import('./planRuns.mjs').planRuns>[number]} Unit
 * @typedef {Unit['members'][number]} Plan
 */

/**
 * Writes planned runs with one statement a row, some hundred times as fast as the server's recorder does with a transaction an event. That both leave
 * the same rows is tested: a test compares every table with what the recorder writes of the same plan.
 */
export class RunInserter {
  /** @type {SqliteDatabase.Database} */
  #database
  #statements = new Map()
  /** @type {number} */
  #seed
  #baselines

  /** @param {string} path @param {number} seed */
  constructor(path, seed) {
    this.#database = new SqliteDatabase(path)
    this.#database.pragma('foreign_keys = ON')
    this.#seed = seed
    const rows = this.#database
      .prepare('SELECT id, dataset, trainCount, validationCount, testCount, selection, corruption, codeSize FROM PcaBaseline')
      .all()
    this.#baselines = new Map(rows.map(({ id, ...key }) => [JSON.stringify(key), id]))
  }

  /** Writes an experiment, or a single run, in one transaction. @param {Unit} unit */
  insert(unit) {
    this.#database.transaction(() => {
      const experiment = unit.name === null ? null : this.#insertExperiment(unit)
      const launched = unit.members.map((plan, place) => this.#launch(plan, experiment && { ...experiment, place, name: unit.name }))
      for (const { plan, number, firstSeq } of launched) this.#finish(plan, number, firstSeq)
    })()
  }

  close() {
    this.#database.close()
  }

  #insertExperiment({ name, presetId, quick, members }) {
    const createdAt = stored(new Date(members[0].launchedAt))
    const { lastInsertRowid: number } = this.#add('Experiment', {
      id: '',
      name,
      nameFolded: foldText(name),
      presetId,
      quick: quick ? 1 : 0,
      createdAt,
    })
    const id = seededId(this.#seed, `experiment ${number}`)
    const seq = this.#event('EXPERIMENT_CREATED', {}, createdAt, { experimentNumber: number })
    this.#run('UPDATE Experiment SET id = ?, firstSeq = ?, lastSeq = ? WHERE number = ?', id, seq, seq, number)
    return { experimentId: id }
  }

  /** @param {Plan} plan @param {{ experimentId: string, place: number, name: string } | null} membership */
  #launch(plan, membership) {
    const { label } = plan
    const name = membership ? memberRunName(label, membership.name) : undefined
    const { config, trainCount, validationCount, testCount, selection, name: runName } = describeNewRun(plan.config, { name, client: '' })
    const examples = { trainCount, validationCount, testCount, selection }
    const { dataset } = config.data
    const createdAt = new Date(plan.launchedAt)
    const { lastInsertRowid: number } = this.#add('Run', {
      id: seededId(this.#seed, `run ${plan.index}`),
      ...nameColumns(runName),
      objectiveKey: modelFacts(config).objectiveKey,
      status: 'QUEUED',
      kind: AUTOENCODER,
      configVersion: versionOf(runConfigFormat),
      config: JSON.stringify(config),
      dataset,
      ...examples,
      epochs: config.training.epochs,
      createdAt: stored(createdAt),
      pcaBaselineId: this.#baselines.get(JSON.stringify(baselineKey(config, examples))),
      experimentId: membership?.experimentId ?? null,
      place: membership?.place ?? null,
      label: membership ? label : null,
    })
    this.#setValues(number, configValues(config))
    this.#setValues(number, modelValues(config))
    this.#addText(number, 'NAME', runName)
    if (membership) this.#addText(number, 'LABEL', label)
    const { startedAt } = planReports({ ...plan, epochsCompleted: 0 }, this.#seed)
    this.#event('STATUS_CHANGED', { status: 'QUEUED', error: null }, stored(startedAt), { runNumber: number })
    return { plan, number, firstSeq: this.#event('PCA_BASELINE_COMPUTED', {}, stored(startedAt), { runNumber: number }) - 1 }
  }

  /** @param {Plan} plan @param {number | bigint} number @param {number} firstSeq */
  #finish(plan, number, firstSeq) {
    const { startedAt, finishedAt, timed, started, epochs } = planReports(plan, this.#seed)
    const at = stored(startedAt)
    const append = (kind, payload, time = at) => this.#event(kind, payload, time, { runNumber: number })
    const claimedSeq = append('STATUS_CHANGED', { status: 'RUNNING', error: null })
    append('STAGE_COMPLETED', { stage: timed.stage, seconds: timed.seconds })
    append('TRAINING_STARTED', { attempt: 1 })
    for (const { epoch, finishedAt: epochEnd } of epochs) append('EPOCH_COMPLETED', { epoch }, stored(new Date(epochEnd)))
    const lastSeq = append('STATUS_CHANGED', { status: plan.status, error: plan.failure ?? null }, stored(finishedAt))
    this.#addFiles(number, { started, epochs, isWhole: epochs.length === plan.config.training.epochs })
    const points = epochs.map(({ epoch, values }) => ({ at: epoch, values: toNumbers(values) }))
    this.#addSeries(number, points)
    const latest = latestOf(points, { [`${timed.stage}Seconds`]: timed.seconds }, examplesOf(plan.config).validation > 0)
    this.#setValues(number, metricValues(latest))
    this.#change(number, {
      status: plan.status,
      attempt: 1,
      host: started.host,
      engine: started.engine,
      runtime: started.runtime,
      parameterCount: started.parameterCount,
      sampleLabels: JSON.stringify(started.sampleLabels),
      startedAt: at,
      finishedAt: stored(finishedAt),
      errorCode: plan.failure?.code ?? null,
      errorMessage: plan.failure?.message ?? null,
      claimedSeq,
      firstSeq,
      lastSeq,
      epochsCompleted: epochs.length,
      latest: writeLatest(latest),
    })
  }

  #addFiles(runNumber, { started, epochs, isWhole }) {
    // Of training states the two newest are kept, and one where all epochs are trained.
    const firstKept = epochs.length - (isWhole ? 1 : 2)
    const ofEpochs = epochs.flatMap(({ artifacts }, place) => artifacts.filter(({ type }) => type !== 'resume' || place >= firstKept))
    for (const artifact of [...started.artifacts, ...ofEpochs]) {
      this.#add('Artifact', { runNumber, pack: null, offset: 0, ...artifactRow(artifact) })
    }
  }

  #addSeries(runNumber, points) {
    for (let start = 0; start < points.length; start += POINTS) {
      const chunk = points.slice(start, start + POINTS)
      this.#add('SeriesChunk', { runNumber, axis: 'epoch', first: chunk[0].at, last: chunk.at(-1).at, data: encodeChunk(chunk) })
    }
  }

  #setValues(number, values) {
    for (const [name, value] of values) {
      this.#run('INSERT INTO ValueKey (name) VALUES (?) ON CONFLICT (name) DO NOTHING', name)
      const [asNumber, asText] = typeof value === 'number' ? [value, null] : [null, value]
      const folded = asText === null || foldText(asText) === asText ? null : foldText(asText)
      const sql = 'INSERT INTO RunValue (runNumber, keyId, number, text, folded) SELECT ?, id, ?, ?, ? FROM ValueKey WHERE name = ?'
      this.#run(sql, number, asNumber, asText, folded, name)
    }
  }

  #addText(runNumber, kind, text) {
    this.#add('RunText', { kind, runNumber, folded: foldText(text), text: '' })
  }

  #event(kind, payload, at, subject) {
    return this.#add('LabEvent', { kind, payload: JSON.stringify(payload), at, ...subject }).lastInsertRowid
  }

  #add(table, row) {
    const names = Object.keys(row)
    return this.#run(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    )
  }

  #change(number, columns) {
    const names = Object.keys(columns)
    this.#run(`UPDATE Run SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE number = ?`, ...Object.values(columns), number)
  }

  #run(sql, ...parameters) {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement.run(...parameters)
  }
}

function latestOf(points, atStart, hasBest) {
  if (points.length === 0) return atStart
  const losses = points.filter(({ values }) => Number.isFinite(values.validationLoss))
  const best = losses.reduce((best, point) => (best && best.values.validationLoss <= point.values.validationLoss ? best : point), undefined)
  const summary = {
    ...(best && hasBest ? { bestValidationLoss: best.values.validationLoss, bestEpoch: best.at } : {}),
    totalSeconds: points.reduce((total, { values }) => total + values.seconds, 0),
  }
  const all = { ...atStart, ...points.at(-1).values, ...summary }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => Number.isFinite(value)))
}

const toNumbers = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? Number.NaN]))

/** Writes a time as Prisma does. */
const stored = (date) => date.getTime()
