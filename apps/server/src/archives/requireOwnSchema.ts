import SqliteDatabase from 'better-sqlite3'
import { readMigrations } from '../database/readMigrations.js'
import { migrationsFolder } from '../projectPaths.js'
import { UpkeepError } from '../upkeep/UpkeepError.js'

/**
 * Looks at a database before anything of it is used. Throws an UpkeepError where it is none, or where using it would run what no migration of ours wrote:
 * triggers and views.
 */
export async function requireOwnSchema(path: string): Promise<void> {
  const migrations = await readMigrations(migrationsFolder)
  const foreign = readOthers(path).find((other) => !migrations.some(({ sql }) => sql.includes(other.sql)))
  if (!foreign) return
  throw new UpkeepError(
    `hourglass.db: expected what a Hourglass wrote, got the ${foreign.type} ${foreign.name} in it. Ask whoever made the archive.`,
  )
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
