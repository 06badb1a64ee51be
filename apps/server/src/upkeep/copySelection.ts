import SqliteDatabase from 'better-sqlite3'
import { z } from 'zod'
import type { ReadOnlyDatabase } from '../database/copyDatabase.js'
import { UpkeepError } from './UpkeepError.js'

/** One run, or an experiment with its runs. */
export const selectionSchema = z.strictObject({ kind: z.enum(['run', 'experiment']), id: z.string().regex(/^[a-z0-9]{12}$/) })
export type Selection = z.output<typeof selectionSchema>

/** Stands where a history names an experiment that is not taken along. */
const ANOTHER_EXPERIMENT = 'another experiment'
/** Runs whose experiment is not taken along. */
const CUT_OFF = 'SELECT number FROM Run WHERE experimentId NOT IN (SELECT id FROM Experiment)'
const OF_RUNS = 'runNumber IN (SELECT value FROM json_each(@runs))'
/** Of an event: whether the experiment that its run joined by it, or left, is none of the run's any more. */
const HAS_LEFT = `EXISTS (SELECT 1 FROM LabEvent AS later WHERE later.runNumber = LabEvent.runNumber AND later.kind = 'LEFT_EXPERIMENT' AND later.seq >= LabEvent.seq)`

/** Which rows of each table belong to selected runs and experiments, by their numbers. */
const conditions: Readonly<Record<string, string>> = {
  _prisma_migrations: 'TRUE',
  Run: 'number IN (SELECT value FROM json_each(@runs))',
  Experiment: 'number IN (SELECT value FROM json_each(@experiments))',
  LabEvent: `${OF_RUNS} OR experimentNumber IN (SELECT value FROM json_each(@experiments))`,
  RunText: OF_RUNS,
  RunValue: OF_RUNS,
  ValueKey: `id IN (SELECT keyId FROM RunValue WHERE ${OF_RUNS})`,
  SeriesChunk: OF_RUNS,
  Artifact: OF_RUNS,
  StoredBytes: OF_RUNS,
  Analysis: OF_RUNS,
  Landmark: OF_RUNS,
  LabSetting: 'FALSE',
  SavedView: 'FALSE',
  Report: 'FALSE',
  KeptFigure: 'FALSE',
  PcaBaseline: 'id IN (SELECT pcaBaselineId FROM Run WHERE number IN (SELECT value FROM json_each(@runs)))',
}

/** Tables that {@link copySelection} knows. */
export const selectableTables: readonly string[] = Object.keys(conditions)

/** Numbers of the runs that a selection means; what lies in the trash is left there. */
export function selectedRuns(database: ReadOnlyDatabase, { kind, id }: Selection): readonly number[] {
  const sql = `SELECT number FROM Run WHERE ${kind === 'run' ? 'id' : 'experimentId'} = ? AND deletedAt IS NULL ORDER BY number`
  return database.prepare<[string], number>(sql).pluck().all(id)
}

/**
 * Writes a database of the same schema that holds what belongs to a selection, and neither who launched it nor what a run by itself was part of.
 * Throws an UpkeepError where nothing is selected.
 */
export function copySelection(database: ReadOnlyDatabase, to: string, selection: Selection): void {
  const runs = selectedRuns(database, selection)
  const experiments =
    selection.kind === 'run'
      ? []
      : database.prepare<[string], number>('SELECT number FROM Experiment WHERE id = ?').pluck().all(selection.id)
  if (runs.length + experiments.length === 0) {
    throw new UpkeepError(
      `${selection.id}: expected ${selection.kind === 'run' ? 'a run' : 'an experiment'} of this lab, got none of that id.`,
    )
  }
  const target = new SqliteDatabase(to)
  try {
    target.pragma('foreign_keys = OFF')
    // What is changed or deleted below must not stay in the file's unused bytes.
    target.pragma('secure_delete = ON')
    target.transaction(() => {
      for (const sql of schemaOf(database, `type = 'table'`)) target.exec(sql)
      const numbers = { runs: JSON.stringify(runs), experiments: JSON.stringify(experiments) }
      for (const [table, condition] of Object.entries(conditions)) copyRows(database, target, { table, condition, numbers })
      // Triggers would do again what they did to the rows before.
      for (const sql of schemaOf(database, `type <> 'table'`)) target.exec(sql)
      target.exec(`UPDATE Run SET client = ''`)
      // The event stays, so that sequence numbers do.
      const rename = target.prepare<[string]>(
        `UPDATE LabEvent SET payload = json_set(payload, '$.name', ?) WHERE kind IN ('JOINED_EXPERIMENT', 'LEFT_EXPERIMENT') AND (runNumber IN (${CUT_OFF}) OR ${HAS_LEFT})`,
      )
      rename.run(ANOTHER_EXPERIMENT)
      target.exec(`
        DELETE FROM RunText WHERE kind = 'LABEL' AND runNumber IN (${CUT_OFF});
        UPDATE Run SET experimentId = NULL, place = NULL, label = NULL, skipsAnalysis = FALSE WHERE experimentId NOT IN (SELECT id FROM Experiment)`)
    })()
  } finally {
    target.close()
  }
}

function schemaOf(database: ReadOnlyDatabase, condition: string): readonly string[] {
  const sql = `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND ${condition}`
  return database.prepare<[], string>(sql).pluck().all()
}

interface CopyRowsOptions {
  readonly table: string
  readonly condition: string
  readonly numbers: { readonly runs: string; readonly experiments: string }
}

function copyRows(database: ReadOnlyDatabase, target: InstanceType<typeof SqliteDatabase>, { table, condition, numbers }: CopyRowsOptions) {
  const rows = database.prepare(`SELECT * FROM "${table}" WHERE ${condition}`)
  const names = rows.columns().map(({ name }) => name)
  const insert = target.prepare(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  for (const row of rows.raw().iterate(condition.includes('@') ? numbers : {})) insert.run(...(row as unknown[]))
}
