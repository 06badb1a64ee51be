import { readFile } from 'node:fs/promises'
import SqliteDatabase from 'better-sqlite3'
import { migrationsFolder, schemaPath } from '../projectPaths.js'
import { StartupError } from '../StartupError.js'
import { readMigrations } from './readMigrations.js'

interface AppliedMigration {
  readonly migration_name: string
  readonly finished_at: unknown
}

/**
 * Brings a database to this version's schema and returns the names of the migrations it applied. Throws a StartupError where the
 * database belongs to a newer version, holds a migration that broke off, or is no database.
 */
export async function migrate(databasePath: string): Promise<string[]> {
  const known = (await readMigrations(migrationsFolder)).map(({ name }) => name)
  const applied = readApplied(databasePath)
  const unknown = applied.find(({ migration_name }) => !known.includes(migration_name))
  if (unknown) {
    throw new StartupError(
      `${databasePath} was written by a newer version of Hourglass (this one does not know its migration ${unknown.migration_name}): update Hourglass, or set HOURGLASS_DATA to another folder.`,
    )
  }
  const broken = applied.find(({ finished_at }) => finished_at === null)
  if (broken) {
    throw new StartupError(
      `${databasePath} holds the migration ${broken.migration_name}, which broke off: restore a copy of the database, or set HOURGLASS_DATA to another folder.`,
    )
  }
  if (known.every((name) => applied.some(({ migration_name }) => migration_name === name))) return []
  return applyMigrations(databasePath)
}

async function applyMigrations(databasePath: string): Promise<string[]> {
  // Loaded only when there is something to apply: compiling the engine takes longer than the rest of a start.
  const [{ SqliteAdapter }, { listMigrations, loadSchemaEngine, noFilters }] = await Promise.all([
    import('./SqliteAdapter.js'),
    import('./loadSchemaEngine.js'),
  ])
  const adapter = new SqliteAdapter(databasePath)
  const engine = await loadSchemaEngine(adapter, await readFile(schemaPath, 'utf8'))
  try {
    const result = await engine.applyMigrations({ migrationsList: await listMigrations(migrationsFolder), filters: noFilters })
    return result.appliedMigrationNames
  } finally {
    engine.free()
    await adapter.closeConnections()
  }
}

function readApplied(databasePath: string): AppliedMigration[] {
  const database = new SqliteDatabase(databasePath)
  try {
    const exists = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`).get()
    if (!exists) return []
    return database
      .prepare<[], AppliedMigration>('SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL')
      .all()
  } catch (error) {
    if (error instanceof SqliteDatabase.SqliteError && (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT'))) {
      throw new StartupError(`${databasePath} is not a readable SQLite database: restore a copy, or set HOURGLASS_DATA to another folder.`)
    }
    throw error
  } finally {
    database.close()
  }
}
