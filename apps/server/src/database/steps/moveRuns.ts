import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { artifactNames, flattenValues } from '@hourglass/protocol'
import SqliteDatabase from 'better-sqlite3'
import { z } from 'zod'
import type { DataFolder } from '../openDataFolder.js'
import type { SeriesPoint } from '../SeriesPoint.js'
import { encodeChunk } from '../seriesChunk.js'

type Row = Readonly<Record<string, unknown>>
type Database = InstanceType<typeof SqliteDatabase>

const epochRow = z.object({
  epoch: z.int(),
  trainLoss: z.number().nullable(),
  validationLoss: z.number().nullable(),
  validationMeanSquaredError: z.number().nullable(),
  measurements: z.string().nullable(),
  seconds: z.number(),
  imagesPerSecond: z.number(),
})
type EpochRow = z.output<typeof epochRow>

const measurementsSchema = z.record(z.string(), z.number().nullable())
const figuresSchema = z.array(z.object({ name: z.string(), shape: z.array(z.int()) }))
/** Points of one chunk. */
const POINTS = 128
/** Kinds of files by the folder or the beginning of the name. */
const fileTypes = {
  originals: 'originals',
  corrupted: 'corrupted',
  reconstructions: 'reconstructions',
  checkpoints: 'checkpoint',
  codes: 'codes',
  resume: 'resume',
  analysis: 'figure',
} as const

/**
 * Moves runs out of the tables that were set aside: epochs into packed series, events into the one history of the lab in the order in which they
 * happened, configuration values and latest metrics into rows, files into the list of artifacts, without hashes, which nobody computed then.
 */
export async function moveRuns({ databasePath, runsFolder }: DataFolder): Promise<void> {
  const database = new SqliteDatabase(databasePath)
  try {
    database.transaction(() => {
      const runs = all(database, 'SELECT * FROM EarlierRun ORDER BY number')
      for (const run of runs) moveRun(database, run, join(runsFolder, text(run.id)))
      moveEvents(database)
      // Numbers of deleted runs are never given again.
      database.exec(`
        DELETE FROM sqlite_sequence WHERE name = 'Run';
        INSERT INTO sqlite_sequence (name, seq) SELECT 'Run', seq FROM sqlite_sequence WHERE name = 'EarlierRun';`)
    })()
  } finally {
    database.close()
  }
}

function moveRun(database: Database, run: Row, folder: string): void {
  const number = Number(run.number)
  const points = all(database, 'SELECT * FROM EarlierEpochMetrics WHERE runId = ? ORDER BY epoch', run.id).map((row) =>
    toPoint(epochRow.parse(row)),
  )
  const latest = latestOf(run, points)
  const copied = [
    ...['number', 'id', 'name', 'status', 'config', 'dataset', 'trainCount', 'testCount', 'epochs', 'stopRequested', 'engine', 'runtime'],
    ...['parameterCount', 'sampleLabels', 'createdAt', 'startedAt', 'finishedAt', 'errorCode', 'errorMessage', 'epochsCompleted'],
    ...['analyzedAt', 'pcaBaselineId', 'experimentId', 'place', 'label'],
  ]
  const names = copied.map((name) => `"${name}"`).join(', ')
  statement(
    database,
    `INSERT INTO Run (${names}, kind, configVersion, latest) VALUES (${copied.map(() => '?').join(', ')}, 'autoencoder', 1, ?)`,
  ).run(...copied.map((name) => run[name]), JSON.stringify(latest))
  moveValues(database, number, { config: run.config, latest })
  for (let start = 0; start < points.length; start += POINTS) {
    const chunk = points.slice(start, start + POINTS)
    statement(database, 'INSERT INTO SeriesChunk (runNumber, axis, first, last, data) VALUES (?, ?, ?, ?, ?)').run(
      number,
      'epoch',
      chunk[0]?.at,
      chunk.at(-1)?.at,
      encodeChunk(chunk),
    )
  }
  moveAnalysis(database, number, run)
  listFiles(database, { number, id: text(run.id), folder })
}

function toPoint({
  epoch,
  trainLoss,
  validationLoss,
  validationMeanSquaredError,
  measurements,
  seconds,
  imagesPerSecond,
}: EpochRow): SeriesPoint {
  const losses = { trainLoss, validationLoss, validationMeanSquaredError }
  const finite = Object.entries(losses).map(([name, value]) => [name, value ?? Number.NaN] as const)
  // What an epoch did not measure was null there, and is missing here.
  const measured = Object.entries(measurementsSchema.parse(JSON.parse(measurements ?? '{}'))).filter(
    (entry): entry is [string, number] => entry[1] !== null,
  )
  return { at: epoch, values: Object.fromEntries([...finite, ...measured, ['seconds', seconds], ['imagesPerSecond', imagesPerSecond]]) }
}

function latestOf(run: Row, points: readonly SeriesPoint[]): Readonly<Record<string, number>> {
  const summary = { bestValidationLoss: run.bestValidationLoss, bestEpoch: run.bestEpoch, totalSeconds: run.seconds }
  const values = { ...points.at(-1)?.values, ...summary }
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => Number.isFinite(entry[1])))
}

function moveValues(
  database: Database,
  number: number,
  { config, latest }: { config: unknown; latest: Readonly<Record<string, number>> },
): void {
  const values = [
    ...flattenValues(JSON.parse(text(config))).map(({ key, value }) => [`config.${key}`, value] as const),
    ...Object.entries(latest).map(([name, value]) => [`metric.${name}`, value] as const),
  ]
  const addKey = statement(database, 'INSERT INTO ValueKey (name) VALUES (?) ON CONFLICT (name) DO NOTHING')
  const addValue = statement(
    database,
    'INSERT INTO RunValue (runNumber, keyId, number, text) SELECT ?, id, ?, ? FROM ValueKey WHERE name = ?',
  )
  for (const [name, value] of values) {
    addKey.run(name)
    addValue.run(number, typeof value === 'number' ? value : null, typeof value === 'number' ? null : value, name)
  }
}

function moveAnalysis(database: Database, number: number, { id }: Row): void {
  for (const { measured, figures } of all(database, 'SELECT * FROM EarlierAnalysis WHERE runId = ?', id)) {
    const named = figuresSchema
      .parse(JSON.parse(text(figures)))
      .map(({ name, shape }) => ({ name, shape, file: `analysis/${name}.${shape.length === 3 ? 'png' : 'safetensors'}` }))
    statement(database, 'INSERT INTO Analysis (runNumber, version, measured, figures) VALUES (?, 1, ?, ?)').run(
      number,
      measured,
      JSON.stringify(named),
    )
  }
}

function listFiles(database: Database, { number, id, folder }: { number: number; id: string; folder: string }): void {
  const add = statement(
    database,
    'INSERT INTO Artifact (runNumber, name, type, bytes, facts) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const snapshots = new Map(
    all(database, 'SELECT * FROM EarlierCodeSnapshot WHERE runId = ?', id).map((row) => [
      artifactNames.codes(Number(row.epoch)),
      factsOf(row),
    ]),
  )
  for (const name of existsSync(folder) ? filesIn(folder) : []) {
    const type = fileTypes[name.split(/[/.]/)[0] as keyof typeof fileTypes]
    if (type) add.run(number, name, type, statSync(join(folder, ...name.split('/'))).size, snapshots.get(name) ?? null)
  }
  // A checkpoint whose file is gone is still known of: reading it says so.
  for (const { epoch, bytes } of all(database, 'SELECT * FROM EarlierCheckpoint WHERE runId = ?', id)) {
    add.run(number, artifactNames.checkpoint(Number(epoch)), 'checkpoint', bytes, null)
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
}

function factsOf({ count, dimensions, divergences }: Row): string {
  const encode = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString('base64')
  return JSON.stringify({ count, dimensions: encode(dimensions), divergences: divergences === null ? null : encode(divergences) })
}

function moveEvents(database: Database): void {
  database.exec(`
    INSERT INTO LabEvent (kind, at, payload, runNumber)
    SELECT event.type, event.at, CASE event.type
        WHEN 'STATUS_CHANGED' THEN json_object('status', event.status, 'error', CASE
          WHEN event.errorCode IS NULL THEN NULL
          ELSE json_object('code', event.errorCode, 'message', COALESCE(event.errorMessage, '')) END)
        WHEN 'EPOCH_COMPLETED' THEN json_object('epoch', event.epoch)
        ELSE '{}' END, run.number
    FROM EarlierRunEvent AS event JOIN EarlierRun AS run ON run.id = event.runId
    ORDER BY event.at, run.number, event.seq;
    INSERT INTO LabEvent (kind, at, payload, experimentNumber)
    SELECT 'EXPERIMENT_CREATED', createdAt, '{}', number FROM Experiment ORDER BY number;
    UPDATE Run SET
      firstSeq = COALESCE((SELECT MIN(seq) FROM LabEvent WHERE runNumber = Run.number), 0),
      lastSeq = COALESCE((SELECT MAX(seq) FROM LabEvent WHERE runNumber = Run.number), 0);
    UPDATE Experiment SET
      firstSeq = COALESCE((SELECT MIN(seq) FROM LabEvent WHERE experimentNumber = Experiment.number), 0),
      lastSeq = COALESCE((SELECT MAX(seq) FROM LabEvent WHERE experimentNumber = Experiment.number), 0);`)
}

/** Statements are prepared once a database: there are as many uses as runs. */
const prepared = new WeakMap<Database, Map<string, SqliteDatabase.Statement<unknown[], Row>>>()

function statement(database: Database, sql: string): SqliteDatabase.Statement<unknown[], Row> {
  const statements = prepared.get(database) ?? new Map<string, SqliteDatabase.Statement<unknown[], Row>>()
  prepared.set(database, statements)
  const known = statements.get(sql) ?? database.prepare<unknown[], Row>(sql)
  statements.set(sql, known)
  return known
}

function all(database: Database, sql: string, ...parameters: unknown[]): Row[] {
  return statement(database, sql).all(...parameters)
}

function text(value: unknown): string {
  return z.string().parse(value)
}
