import { artifactRefSchema, runStatuses } from '@hourglass/protocol'
import SqliteDatabase from 'better-sqlite3'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import type { ArchivedExperiment, ArchivedRun, Row } from './ArchiveRows.js'
import { type Column, checkCells } from './checkCells.js'

type OpenDatabase = InstanceType<typeof SqliteDatabase>

const ID = /^[a-z0-9]{12}$/

/**
 * Reads what a database of this version's schema holds, which somebody else has sent. Throws an UpkeepError where a row is none that this version could
 * have written: what is adopted must not keep the lab from being read.
 */
export function* readArchive(path: string): Generator<{ readonly experiment: ArchivedExperiment } | { readonly run: ArchivedRun }> {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true })
  try {
    database.pragma('trusted_schema = OFF')
    const numbers = (table: 'Run' | 'Experiment') =>
      database.prepare<[], number>(`SELECT number FROM ${table} ORDER BY number`).pluck().all()
    for (const number of numbers('Experiment')) yield { experiment: readExperiment(database, number) }
    for (const number of numbers('Run')) yield { run: readRun(database, number) }
  } finally {
    database.close()
  }
}

function readExperiment(database: OpenDatabase, number: number): ArchivedExperiment {
  const row = one(database, 'Experiment', 'number', number)
  if (!row || !ID.test(String(row.id))) throw unreadable('Experiment', 'id')
  return { row, events: all(database, 'LabEvent', 'experimentNumber', number, 'seq') }
}

function readRun(database: OpenDatabase, number: number): ArchivedRun {
  const row = one(database, 'Run', 'number', number)
  if (!row || !ID.test(String(row.id))) throw unreadable('Run', 'id')
  if (!runStatuses.some((status) => status === row.status)) throw unreadable('Run', 'status')
  const artifacts = all(database, 'Artifact', 'runNumber', number, 'name')
  for (const { name } of artifacts) if (!artifactRefSchema.shape.name.safeParse(name).success) throw unreadable('Artifact', 'name')
  return {
    row,
    artifacts,
    values: readValues(database, number),
    series: all(database, 'SeriesChunk', 'runNumber', number, 'first'),
    events: all(database, 'LabEvent', 'runNumber', number, 'seq'),
    analysis: one(database, 'Analysis', 'runNumber', number),
    baseline: row.pcaBaselineId === null ? null : one(database, 'PcaBaseline', 'id', Number(row.pcaBaselineId)),
  }
}

function readValues(database: OpenDatabase, number: number): Row[] {
  const sql = 'SELECT ValueKey.name AS "key", number, text FROM RunValue JOIN ValueKey ON ValueKey.id = keyId WHERE runNumber = ?'
  const columns: readonly Column[] = [
    { name: 'key', type: 'TEXT', notnull: 1 },
    { name: 'number', type: 'REAL', notnull: 0 },
    { name: 'text', type: 'TEXT', notnull: 0 },
  ]
  return database
    .prepare<[number], Row>(sql)
    .all(number)
    .map((row) => checkCells('RunValue', columns, row))
}

function all(database: OpenDatabase, table: string, column: string, value: number, order: string): Row[] {
  const columns = database.pragma(`table_info("${table}")`) as Column[]
  const rows = database.prepare<[number], Row>(`SELECT * FROM "${table}" WHERE "${column}" = ? ORDER BY "${order}"`).all(value)
  return rows.map((row) => checkCells(table, columns, row))
}

function one(database: OpenDatabase, table: string, column: string, value: number): Row | null {
  return all(database, table, column, value, column)[0] ?? null
}

function unreadable(table: string, column: string): UpkeepError {
  return new UpkeepError(
    `hourglass.db: expected rows that a Hourglass wrote, got another ${column} in ${table}. Ask whoever made the archive.`,
  )
}
