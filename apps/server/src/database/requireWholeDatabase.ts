import SqliteDatabase from 'better-sqlite3'
import { Prisma } from '../generated/prisma/client.js'
import { StartupError } from '../StartupError.js'

/** Throws a StartupError where pages of the database are damaged, or a table or column is missing that the migrations made. */
export function requireWholeDatabase(path: string): void {
  const database = new SqliteDatabase(path)
  try {
    const [found] = database.pragma('quick_check(1)', { simple: false }) as { quick_check: string }[]
    if (found?.quick_check !== 'ok') {
      throw new StartupError(
        `${path} is damaged (SQLite says: ${found?.quick_check}): restore a copy, or set HOURGLASS_DATA to another folder. Nothing in it was changed.`,
      )
    }
    const missing = missingParts(database)
    if (missing.length > 0) {
      throw new StartupError(
        `${path} lacks ${missing.join(', ')}, which its migrations made: restore a copy, or set HOURGLASS_DATA to another folder. Nothing in it was changed.`,
      )
    }
  } finally {
    database.close()
  }
}

function missingParts(database: SqliteDatabase.Database): readonly string[] {
  const columnsOf = database.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
  return Object.values(Prisma.ModelName).flatMap((table) => {
    const there = columnsOf.all(table).map(({ name }) => name)
    if (there.length === 0) return [`the table ${table}`]
    const expected = Object.values(Prisma[`${table}ScalarFieldEnum`])
    return expected.filter((name) => !there.includes(name)).map((name) => `the column ${table}.${name}`)
  })
}
