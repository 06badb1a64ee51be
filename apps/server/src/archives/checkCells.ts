import type SqliteDatabase from 'better-sqlite3'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import type { Row } from './ArchiveRows.js'
import { inWords } from './archiveLimits.js'
import { cellRule } from './cellRules.js'
import { mostBytes } from './mostBytes.js'

/** A column as SQLite describes it. */
export interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly pk: number
}

/** Whose cells they are. */
export interface CellsOf {
  readonly table: string
  readonly columns: readonly Column[]
}

/** Of a text in a key, so many characters are told. */
const KEY_LENGTH = 80

/** Throws an UpkeepError where a cell is not of its column's type, or none that its readers can hold. */
export function checkCells({ table, columns }: CellsOf, row: Row): void {
  for (const column of columns) {
    const value = row[column.name]
    if (value === null && column.notnull === 0) continue
    const rule = cellRule(table, column)
    if (rule?.holds(value)) continue
    throw wrongCell({ table, name: column.name, row: nameRow(columns, row) }, rule?.expected ?? column.type, describe(value))
  }
}

interface ShortCells {
  readonly table: string
  /** The table, or a statement in its place. */
  readonly source: string
  readonly columns: readonly Column[]
  /** Which rows, by `@value`. */
  readonly condition: string
  readonly value: number
}

/** Throws an UpkeepError where a text or bytes are longer than any that a lab writes. SQLite tells lengths without reading what is so long. */
export function requireShortCells(database: InstanceType<typeof SqliteDatabase>, part: ShortCells): void {
  const { table, source, columns, condition, value } = part
  const key = keyOf(columns).map((name) => `substr("${name}", 1, ${KEY_LENGTH}) AS "${name}"`)
  for (const column of columns) {
    const most = mostBytes(table, column)
    if (most === null) continue
    const bytes = `octet_length("${column.name}")`
    const sql = `SELECT ${[...key, `${bytes} AS "bytes found"`].join(', ')} FROM ${source} WHERE ${condition} AND ${bytes} > @most LIMIT 1`
    const found = database.prepare<{ value: number; most: number }, Row>(sql).get({ value, most })
    if (!found) continue
    const cell = { table, name: column.name, row: nameRow(columns, found) }
    throw wrongCell(cell, `at most ${inWords(most)} bytes`, inWords(Number(found['bytes found'])))
  }
}

/** Says that a cell is none that a lab wrote. */
export function wrongCell(
  cell: { readonly table: string; readonly name: string; readonly row?: string },
  expected: string,
  got: string,
): UpkeepError {
  const { table, name, row } = cell
  const place = row === undefined ? '' : ` of row ${row}`
  return new UpkeepError(`hourglass.db: expected ${expected} in ${table}.${name}${place}, got ${got}. Ask whoever made the archive.`)
}

/** Names a row by its key. */
function nameRow(columns: readonly Column[], row: Row): string {
  return keyOf(columns)
    .map((name) => String(row[name]).slice(0, KEY_LENGTH))
    .join(', ')
}

function keyOf(columns: readonly Column[]): string[] {
  return columns
    .filter(({ pk }) => pk > 0)
    .sort((one, other) => one.pk - other.pk)
    .map(({ name }) => name)
}

function describe(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return 'nothing'
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  return JSON.stringify(value).slice(0, 80)
}
