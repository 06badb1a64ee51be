import SqliteDatabase from 'better-sqlite3'
import { readMigrations } from '../database/readMigrations.js'
import { migrationsFolder } from '../projectPaths.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import { inWords } from './archiveLimits.js'
import { wrongCell } from './checkCells.js'
import { MOST_CELL_BYTES } from './mostBytes.js'

/**
 * Looks at a database before anything of it is used. Throws an UpkeepError where it is none, where using it would run what no migration of ours wrote (triggers
 * and views, tables of modules, columns and indexes that are computed), or where a cell is larger than any may be.
 */
export async function requireOwnSchema(path: string): Promise<void> {
  const migrations = await readMigrations(migrationsFolder)
  const foreign = readOthers(path).find((other) => !migrations.some(({ sql }) => sql.includes(other.sql)))
  if (!foreign) return requirePlainTables(path, (sql) => migrations.some((migration) => migration.sql.includes(sql)))
  throw new UpkeepError(
    `hourglass.db: expected what a Hourglass wrote, got the ${foreign.type} ${foreign.name} in it. Ask whoever made the archive.`,
  )
}

/** Throws an UpkeepError where reading a table would compute something, or read more than fits into memory. */
function requirePlainTables(path: string, isOurs: (sql: string) => boolean): void {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true })
  try {
    database.pragma('trusted_schema = OFF')
    const tables = database.prepare<[], Other>(`SELECT type, name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL`).all()
    const indexes = database.prepare<[string], string | null>(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?`).pluck()
    for (const { name, sql: made } of tables) {
      if (/^\s*CREATE\s+VIRTUAL/i.test(made)) throw computed(`the virtual table ${name}`)
      const table = quote(name)
      const columns = database.pragma(`table_xinfo(${table})`) as { name: string; hidden: number }[]
      const hidden = columns.find((column) => column.hidden !== 0)
      if (hidden) throw computed(`the computed column ${name}.${hidden.name}`)
      for (const index of database.pragma(`index_list(${table})`) as { name: string; partial: number }[]) {
        // A migration makes one of rows that meet a condition.
        const sql = indexes.get(index.name)
        if (sql && isOurs(sql)) continue
        const parts = database.pragma(`index_xinfo(${quote(index.name)})`) as { cid: number }[]
        if (index.partial !== 0 || parts.some(({ cid }) => cid === EXPRESSION)) throw computed(`the computed index ${index.name}`)
      }
      for (const column of columns) requireSmallCells(database, table, column.name)
    }
  } finally {
    database.close()
  }
}

/** What SQLite says in place of the number of a column. */
const EXPRESSION = -2

function requireSmallCells(database: InstanceType<typeof SqliteDatabase>, table: string, column: string): void {
  const bytes = `octet_length(${quote(column)})`
  const found = database.prepare<[number], number>(`SELECT ${bytes} FROM ${table} WHERE ${bytes} > ? LIMIT 1`).pluck().get(MOST_CELL_BYTES)
  if (found === undefined) return
  throw wrongCell({ table: table.slice(1, -1), name: column }, `at most ${inWords(MOST_CELL_BYTES)} bytes`, inWords(found))
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

function computed(what: string): UpkeepError {
  return new UpkeepError(`hourglass.db: expected what a Hourglass wrote, got ${what} in it. Ask whoever made the archive.`)
}

interface Other {
  readonly type: string
  readonly name: string
  readonly sql: string
}

function readOthers(path: string): readonly Other[] {
  let database: InstanceType<typeof SqliteDatabase> | undefined
  try {
    database = new SqliteDatabase(path, { readonly: true, fileMustExist: true })
    database.pragma('trusted_schema = OFF')
    return database.prepare<[], Other>(`SELECT type, name, sql FROM sqlite_schema WHERE type NOT IN ('table', 'index')`).all()
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error
    throw new UpkeepError(
      `hourglass.db: expected a database, got a file that SQLite cannot read (${error.message}). Download the archive again.`,
    )
  } finally {
    database?.close()
  }
}
