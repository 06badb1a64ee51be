import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  const adapter = new SqliteAdapter(databasePath, 'migrate')
  const engine = await loadSchemaEngine(adapter, schema)
  try {
    await engine.applyMigrations({ migrationsList: await listMigrations(migrationsFolder), filters: noFilters })
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [{ path: 'schema.prisma', content: schema }], configDir: folder },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: true,
      filters: noFilters,
    })
    return exitCode === 0 ? null : stdout
  } finally {
    engine.free()
    await adapter.closeConnections()
    await rm(folder, { recursive: true })
  }
}
