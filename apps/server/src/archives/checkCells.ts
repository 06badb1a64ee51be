import { UpkeepError } from '../upkeep/UpkeepError.js'
import type { Row } from './ArchiveRows.js'

/** A column as SQLite describes it. */
export interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
}

type Check = (value: Row[string] | undefined) => boolean

/** What Prisma reads from a column of each type; anything else there would make whole pages unreadable. */
const checks: Readonly<Record<string, Check>> = {
  INTEGER: (value) => Number.isSafeInteger(value),
  BOOLEAN: (value) => value === 0 || value === 1,
  REAL: (value) => typeof value === 'number',
  TEXT: (value) => typeof value === 'string',
  DATETIME: (value) => Number.isFinite(typeof value === 'string' ? Date.parse(value) : value),
  JSONB: isJson,
  BLOB: (value) => value instanceof Uint8Array,
}

/** Returns the row; throws an UpkeepError where a cell is not of its column's type. */
export function checkCells(table: string, columns: readonly Column[], row: Row): Row {
  for (const { name, type, notnull } of columns) {
    const value = row[name]
    if (value === null && notnull === 0) continue
    if (checks[type]?.(value)) continue
    throw new UpkeepError(`hourglass.db: expected ${type} in ${table}.${name}, got ${describe(value)}. Ask whoever made the archive.`)
  }
  return row
}

function isJson(value: Row[string] | undefined): boolean {
  // SQLite keeps a number or a text that looks like one as a number.
  if (typeof value === 'number') return true
  if (typeof value !== 'string') return false
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}

function describe(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return 'nothing'
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  return JSON.stringify(value).slice(0, 80)
}
