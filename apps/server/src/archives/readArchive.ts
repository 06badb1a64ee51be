import SqliteDatabase from 'better-sqlite3'
import { fromBytes } from '../database/float64Bytes.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import type { PartTable, Portion, Row } from './ArchiveRows.js'
import { type Column, checkCells, requireShortCells } from './checkCells.js'
import { requireFittingChunk, requireFittingFile, sizesIn } from './requireFitting.js'
import { unreadable } from './unreadable.js'

export type OpenDatabase = InstanceType<typeof SqliteDatabase>

export interface ReadArchiveOptions {
  readonly path: string
  /** Where its files are. */
  readonly folder: string
  /** Columns of each table as this version has them. */
  readonly columns: (table: string) => readonly Column[]
}

const ID = /^[a-z0-9]{12}$/
/** A portion ends behind the row with which it has as many bytes, or rows: others are answered before the next. */
const PORTION_BYTES = 256 * 1024
const PORTION_ROWS = 250
/** Of all rows together: they are recorded in one transaction, while others wait. */
const MOST_BYTES = 128 * 1024 ** 2
/** What a row takes beside its texts and bytes. */
const ROW_BYTES = 64
/** Runs and experiments together. */
const MOST_SUBJECTS = 1_000

const valueColumns: readonly Column[] = [
  { name: 'key', type: 'TEXT', notnull: 1, pk: 1 },
  { name: 'number', type: 'REAL', notnull: 0, pk: 0 },
  { name: 'text', type: 'TEXT', notnull: 0, pk: 0 },
]
/** Values by the name of their key. */
const VALUES = 'SELECT runNumber, ValueKey.name AS "key", number, text FROM RunValue JOIN ValueKey ON ValueKey.id = keyId'

/** Which rows belong to a run, in which order they come. */
const partsOfRun: readonly (readonly [table: PartTable, order: string])[] = [
  ['RunText', 'folded'],
  ['RunValue', 'key'],
  ['SeriesChunk', 'first'],
  ['Artifact', 'name'],
  ['Analysis', 'runNumber'],
  ['Landmark', 'name'],
  ['LabEvent', 'seq'],
]
/** What tells rows of one run from each other: an archive may lack the indexes that see to that. */
const keysOfParts: Readonly<Record<PartTable, readonly string[]>> = {
  RunText: ['kind', 'folded'],
  RunValue: ['key'],
  SeriesChunk: ['axis', 'first'],
  Artifact: ['name'],
  Analysis: [],
  Landmark: ['kind', 'name'],
  LabEvent: ['seq'],
}

/**
 * Reads what a database of this version's schema holds, which somebody else has sent, in portions of bounded size. Throws an UpkeepError where a row is none that
 * this version could have written: what is adopted must not keep the lab from being read.
 */
export function* readArchive(options: ReadArchiveOptions): Generator<Portion> {
  const database = new SqliteDatabase(options.path, { readonly: true, fileMustExist: true })
  try {
    database.pragma('trusted_schema = OFF')
    const reader = new RowReader(database, options.columns)
    const experiments = new Set<unknown>()
    for (const number of numbersOf(database, 'Experiment')) {
      const row = reader.one('Experiment', 'number', number)
      if (!row || !ID.test(String(row.id)) || experiments.has(row.id)) throw unreadable('Experiment', 'id')
      experiments.add(row.id)
      yield { part: 'experiment', row }
      yield* reader.portions('LabEvent', 'experimentNumber', { value: number, order: 'seq' })
    }
    const runs = new Set<unknown>()
    for (const number of numbersOf(database, 'Run')) {
      const run = readRun(reader, number)
      if (runs.has(run.row.id)) throw unreadable('Run', 'id')
      if (run.row.experimentId !== null && !experiments.has(run.row.experimentId)) throw unreadable('Run', 'experimentId')
      runs.add(run.row.id)
      yield run
      const files = sizesIn(options.folder, String(run.row.id))
      const checks: Partial<Record<PartTable, (row: Row) => void>> = {
        SeriesChunk: requireFittingChunk,
        Artifact: (row) => requireFittingFile(row, files),
      }
      for (const [table, order] of partsOfRun) {
        const check = once(table, keysOfParts[table], checks[table])
        yield* reader.portions(table, 'runNumber', { value: number, order, check })
      }
    }
  } finally {
    database.close()
  }
}

function numbersOf(database: OpenDatabase, table: 'Run' | 'Experiment'): number[] {
  const numbers = database
    .prepare<[], number>(`SELECT number FROM ${table} ORDER BY number LIMIT ${MOST_SUBJECTS + 1}`)
    .pluck()
    .all()
  if (numbers.length <= MOST_SUBJECTS) return numbers
  throw new UpkeepError(`hourglass.db: expected at most ${MOST_SUBJECTS} rows in ${table}, got more. Import the runs by themselves.`)
}

function readRun(reader: RowReader, number: number): Extract<Portion, { part: 'run' }> {
  const row = reader.one('Run', 'number', number)
  if (!row || !ID.test(String(row.id))) throw unreadable('Run', 'id')
  const baseline = row.pcaBaselineId === null ? null : reader.one('PcaBaseline', 'id', Number(row.pcaBaselineId))
  if (baseline && !isErrors(baseline.meanSquaredErrors)) throw unreadable('PcaBaseline', 'meanSquaredErrors')
  return { part: 'run', row, baseline }
}

/** Whether bytes are mean squared errors. */
function isErrors(bytes: Row[string] | undefined): boolean {
  if (!(bytes instanceof Uint8Array) || bytes.byteLength % Float64Array.BYTES_PER_ELEMENT !== 0) return false
  return fromBytes(bytes).every((error) => Number.isFinite(error) && error >= 0)
}

interface Part {
  /** Of the column by which they belong. */
  readonly value: number
  readonly order: string
  /** Throws an UpkeepError where a row is none that a lab writes, beside what is wrong with its cells. */
  readonly check?: (row: Row) => void
}

/** Checks rows, and that none comes twice. */
function once(table: PartTable, key: readonly string[], check: (row: Row) => void = () => undefined): (row: Row) => void {
  const seen = new Set<string>()
  return (row) => {
    const name = key.map((column) => row[column]).join('\0')
    if (seen.has(name)) throw unreadable(table, key.at(-1) ?? 'row')
    seen.add(name)
    check(row)
  }
}

/** Reads rows, none of them before it is known to be short. */
class RowReader {
  readonly #database: OpenDatabase
  readonly #columns: ReadArchiveOptions['columns']
  #left = MOST_BYTES

  constructor(database: OpenDatabase, columns: ReadArchiveOptions['columns']) {
    this.#database = database
    this.#columns = columns
  }

  one(table: string, column: string, value: number): Row | null {
    for (const row of this.#rows(table, column, { value, order: column })) return row
    return null
  }

  *portions(table: PartTable, column: string, part: Part): Generator<Portion> {
    let rows: Row[] = []
    let bytes = 0
    for (const row of this.#rows(table, column, part)) {
      rows.push(row)
      bytes += sizeOf(row)
      if (bytes < PORTION_BYTES && rows.length < PORTION_ROWS) continue
      yield { part: 'rows', table, rows }
      rows = []
      bytes = 0
    }
    if (rows.length > 0) yield { part: 'rows', table, rows }
  }

  *#rows(table: string, column: string, { value, order, check = () => undefined }: Part): Generator<Row> {
    const columns = table === 'RunValue' ? valueColumns : this.#columns(table)
    const source = table === 'RunValue' ? `(${VALUES})` : `"${table}"`
    const condition = `"${column}" = @value`
    requireShortCells(this.#database, { table, source, columns, condition, value })
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const sql = `SELECT ${names} FROM ${source} WHERE ${condition} ORDER BY "${order}"`
    for (const row of this.#database.prepare<{ value: number }, Row>(sql).iterate({ value })) {
      this.#count(row)
      checkCells({ table, columns }, row)
      check(row)
      yield row
    }
  }

  #count(row: Row): void {
    this.#left -= sizeOf(row)
    if (this.#left >= 0) return
    throw new UpkeepError(
      `hourglass.db: expected rows of at most ${MOST_BYTES.toLocaleString('en')} bytes together, got more. Import the runs of an experiment by themselves.`,
    )
  }
}

function sizeOf(row: Row): number {
  const sizes = Object.values(row).map((cell) =>
    typeof cell === 'string' ? cell.length : cell instanceof Uint8Array ? cell.byteLength : 8,
  )
  return sizes.reduce((sum, size) => sum + size, ROW_BYTES)
}
