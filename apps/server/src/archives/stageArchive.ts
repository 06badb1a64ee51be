import { foldText } from '@hourglass/query'
import SqliteDatabase from 'better-sqlite3'
import type { PartTable, Portion, Row } from './ArchiveRows.js'

/** A run or an experiment of an archive, whose other rows are staged under its place. */
export type StagedSubject = Exclude<Portion, { part: 'rows' }> & { readonly place: number }

export interface StagedArchive {
  readonly subjects: readonly StagedSubject[]
  /** Columns of the tables of which there are rows. */
  readonly columns: ReadonlyMap<PartTable, readonly string[]>
}

/** Column that names the subject of a staged row. */
export const SUBJECT = 'subject of archive'

/**
 * Puts rows into a new database, from which they are copied as fast as SQLite can: nobody else writes while that lasts. They lie in tables of the names that
 * they have in a lab, by {@link SUBJECT} and in their order.
 */
export async function stageArchive(portions: AsyncIterable<Portion>, path: string): Promise<StagedArchive> {
  const database = new SqliteDatabase(path)
  try {
    // What a crash leaves of it is of no use.
    database.pragma('journal_mode = OFF')
    database.pragma('synchronous = OFF')
    database.exec('BEGIN')
    const subjects: StagedSubject[] = []
    const tables = new Map<PartTable, { readonly columns: readonly string[]; readonly add: (row: Row) => void }>()
    for await (const portion of portions) {
      if (portion.part !== 'rows') {
        subjects.push({ ...portion, place: subjects.length })
        continue
      }
      const [first] = portion.rows
      if (!first) continue
      const table =
        tables.get(portion.table) ?? createTable(database, portion.table, Object.keys({ ...first, ...foldedOf(portion.table, first) }))
      tables.set(portion.table, table)
      for (const row of portion.rows) table.add({ ...row, ...foldedOf(portion.table, row), [SUBJECT]: subjects.length - 1 })
    }
    for (const table of tables.keys()) database.exec(`CREATE INDEX "${table} by subject" ON "${table}" ("${SUBJECT}")`)
    database.exec('COMMIT')
    return { subjects, columns: new Map([...tables].map(([name, { columns }]) => [name, columns])) }
  } finally {
    database.close()
  }
}

function createTable(database: InstanceType<typeof SqliteDatabase>, table: PartTable, columns: readonly string[]) {
  const names = [SUBJECT, ...columns]
  database.exec(`CREATE TABLE "${table}" (${names.map((name) => `"${name}"`).join(', ')})`)
  const insert = database.prepare(`INSERT INTO "${table}" VALUES (${names.map(() => '?').join(', ')})`)
  return { columns, add: (row: Row) => insert.run(names.map((name) => row[name] ?? null)) }
}

/** Texts of values are compared as this version compares them, whatever an archive says. */
function foldedOf(table: PartTable, { text }: Row): Row {
  if (table !== 'RunValue') return {}
  const folded = typeof text === 'string' ? foldText(text) : null
  return { folded: folded === text ? null : folded }
}
