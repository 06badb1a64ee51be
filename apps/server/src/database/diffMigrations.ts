import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { migrationsFolder, schemaPath } from '../projectPaths.js'
import { listMigrations, loadSchemaEngine, noFilters } from './loadSchemaEngine.js'
import { SqliteAdapter } from './SqliteAdapter.js'

/**
 * Writes the SQL that leads from the migrations to schema.prisma, or null where they already agree. It applies the migrations to a
 * database in the temporary folder: the engine's own shadow database refuses, over this adapter, files of more than one statement.
 */
export async function diffMigrations(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-diff-'))
  const databasePath = join(folder, 'migrated.db')
  const schema = await readFile(schemaPath, 'utf8')
  try {
    await withEngine(databasePath, schema, async (engine) => {
      await engine.applyMigrations({ migrationsList: await listMigrations(migrationsFolder), filters: noFilters })
    })
    dropPartialIndices(databasePath)
    return await withEngine(databasePath, schema, async (engine) => {
      const { exitCode, stdout } = await engine.diff({
        from: { tag: 'schemaDatasource', files: [{ path: 'schema.prisma', content: schema }], configDir: folder },
        to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
        script: true,
        exitCode: true,
        filters: noFilters,
      })
      return exitCode === 0 ? null : stdout
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

type SchemaEngine = Awaited<ReturnType<typeof loadSchemaEngine>>

async function withEngine<Result>(databasePath: string, schema: string, use: (engine: SchemaEngine) => Promise<Result>): Promise<Result> {
  const adapter = new SqliteAdapter(databasePath, 'migrate')
  const engine = await loadSchemaEngine(adapter, schema)
  try {
    return await use(engine)
  } finally {
    engine.free()
    await adapter.closeConnections()
  }
}

/** Drops the indices of some rows only: schema.prisma has no word for them, and the engine fails where it meets one. */
function dropPartialIndices(databasePath: string): void {
  const database = new SqliteDatabase(databasePath)
  try {
    const names = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'").pluck().all()
    for (const name of names) database.exec(`DROP INDEX "${name}"`)
  } finally {
    database.close()
  }
}
