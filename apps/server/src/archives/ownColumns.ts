import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { migrate } from '../database/migrate.js'
import { openDataFolder } from '../database/openDataFolder.js'
import { selectableTables } from '../upkeep/copySelection.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'
import type { Column } from './checkCells.js'

type OpenDatabase = InstanceType<typeof SqliteDatabase>
type Columns = ReadonlyMap<string, readonly Column[]>

/**
 * Tells the columns of this version's tables, of a database that is made for that in `folder`. Throws an UpkeepError where the database of an archive has
 * others: what its columns say of themselves is not to be trusted.
 */
export async function requireOwnColumns(path: string, folder: string): Promise<(table: string) => readonly Column[]> {
  const own = await openDataFolder(join(folder, 'own'))
  try {
    await migrate(own)
    const [expected, got] = [readColumns(own.databasePath), readColumns(path)]
    for (const [table, columns] of expected) {
      const other = describe(got.get(table) ?? [])
      if (other === describe(columns)) continue
      throw new UpkeepError(
        `hourglass.db: expected the table ${table} of this version, got one with other columns. Ask whoever made the archive.`,
      )
    }
    return (table) => expected.get(table) ?? []
  } finally {
    own.release()
  }
}

function readColumns(path: string): Columns {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true })
  try {
    database.pragma('trusted_schema = OFF')
    return new Map(selectableTables.map((table) => [table, columnsOf(database, table)]))
  } finally {
    database.close()
  }
}

function columnsOf(database: OpenDatabase, table: string): readonly Column[] {
  return (database.pragma(`table_info("${table}")`) as Column[]).map(({ name, type, notnull, pk }) => ({ name, type, notnull, pk }))
}

function describe(columns: readonly Column[]): string {
  return columns
    .map((column) => JSON.stringify(column))
    .sort()
    .join()
}
