import { readdir, readFile, stat } from 'node:fs/promises'
import SqliteDatabase from 'better-sqlite3'
import { migrationsFolder, schemaPath } from '../projectPaths.js'
import { StartupError } from '../StartupError.js'
import { copyBeforeUpgrade, finishUpgrade } from './copyBeforeUpgrade.js'
import { dataSteps } from './dataSteps.js'
import type { DataFolder } from './openDataFolder.js'
import { readMigrations } from './readMigrations.js'
import { requireWholeDatabase } from './requireWholeDatabase.js'
import { storeFaultOf } from './storeFault.js'

interface AppliedMigration {
  readonly migration_name: string
  readonly finished_at: unknown
}

/**
 * Brings a data folder to this version's schema and returns the names of the migrations it applied. A database that holds something is copied before,
 * and `onCopied` told where to. Throws a StartupError where the database belongs to a newer version, holds a migration that broke off, is damaged or locked,
 * lacks a table, or is no database.
 */
export async function migrate(folder: DataFolder, onCopied: (path: string) => void = () => undefined): Promise<string[]> {
  const { databasePath } = folder
  try {
    const names = await applyMissing(folder, onCopied)
    requireWholeDatabase(databasePath)
    await finishUpgrade(folder)
    return names
  } catch (error) {
    const fault = storeFaultOf(error)
    if (!fault) throw error
    throw new StartupError(`${databasePath} cannot be used: ${fault.reason}. ${fault.remedy} Or set HOURGLASS_DATA to another folder.`)
  }
}

async function applyMissing(folder: DataFolder, onCopied: (path: string) => void): Promise<string[]> {
  const { databasePath } = folder
  const known = (await readMigrations(migrationsFolder)).map(({ name }) => name)
  await requireItsDatabase(folder)
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
  const newest = applied
    .map(({ migration_name }) => migration_name)
    .sort()
    .at(-1)
  if (newest !== undefined) onCopied(await copyBeforeUpgrade(folder, newest))
  const names: string[] = []
  for (const step of dataSteps) {
    // Whatever follows the step was applied only after it.
    const next = known[known.indexOf(step.after) + 1]
    if (applied.some(({ migration_name }) => migration_name === next)) continue
    names.push(...(await applyMigrations(databasePath, step.after)))
    await step.run(folder)
  }
  const last = await applyMigrations(databasePath)
  giveSpaceBack(databasePath, { hasMoved: names.length > 0 })
  return [...names, ...last]
}

/** Throws where there is no database, or an empty one, beside files of runs: a new one would make them nobody's, and say that all is well. */
async function requireItsDatabase({ databasePath, runsFolder }: DataFolder): Promise<void> {
  const info = await stat(databasePath).catch(() => null)
  if (info && info.size > 0) return
  const folders = (await readdir(runsFolder)).filter((name) => RUN_FOLDER.test(name))
  if (folders.length === 0) return
  throw new StartupError(
    `${databasePath} ${info ? 'is empty' : 'is missing'}, and ${runsFolder} has the files of ${folders.length === 1 ? 'a run' : `${folders.length} runs`}: put the database back, restore a backup into another folder (npm run restore), or move ${runsFolder} away to begin anew. Nothing was changed.`,
  )
}

const RUN_FOLDER = /^[a-z0-9]{12}$/
const INCREMENTAL = 2

/** What was moved and dropped would stay in the file as free pages; so would what is deleted later, unless the file is written anew once for that. */
function giveSpaceBack(databasePath: string, { hasMoved }: { readonly hasMoved: boolean }): void {
  const database = new SqliteDatabase(databasePath)
  try {
    if (!hasMoved && database.pragma('auto_vacuum', { simple: true }) === INCREMENTAL) return
    database.pragma('auto_vacuum = INCREMENTAL')
    database.exec('VACUUM')
  } catch (error) {
    // It needs room for a copy, and nobody else who reads; the database is as good without, and the next start tries again.
    const passes = ['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_LOCKED']
    if (!(error instanceof SqliteDatabase.SqliteError && passes.some((code) => error.code.startsWith(code)))) throw error
  } finally {
    database.close()
  }
}

/** Applies what is missing, up to a migration where one is named. */
async function applyMigrations(databasePath: string, upTo?: string): Promise<string[]> {
  // Loaded only when there is something to apply: compiling the engine takes longer than the rest of a start.
  const [{ SqliteAdapter }, { listMigrations, loadSchemaEngine, noFilters }] = await Promise.all([
    import('./SqliteAdapter.js'),
    import('./loadSchemaEngine.js'),
  ])
  const adapter = new SqliteAdapter(databasePath, 'migrate')
  const engine = await loadSchemaEngine(adapter, await readFile(schemaPath, 'utf8'))
  try {
    const result = await engine.applyMigrations({ migrationsList: await listMigrations(migrationsFolder, upTo), filters: noFilters })
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
