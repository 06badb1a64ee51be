import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrate } from '../src/database/migrate.js'
import { openDataFolder } from '../src/database/openDataFolder.js'
import { makeDataFolder } from './startServer.js'

const fixtures = fileURLToPath(new URL('../../../test/fixtures/data', import.meta.url))
/** They keep times of the schema engine. */
const ENGINE = '_prisma_migrations'

describe.each(await readdir(fixtures))('a database of %s', (name) => {
  it('has its times as numbers once it is brought to this version, to the millisecond', async () => {
    await using copy = await makeDataFolder()
    await cp(join(fixtures, name), copy.path, { recursive: true })
    const before = timesOf(join(copy.path, 'hourglass.db'))
    const folder = await openDataFolder(copy.path)
    try {
      await migrate(folder)
      const after = timesOf(folder.databasePath)
      expect(after.length).toBeGreaterThan(10)
      expect(after.filter(({ time }) => typeof time !== 'number')).toEqual([])
      const numbers = new Set(after.map(({ time }) => time))
      for (const { table, time } of before)
        if (table === 'Run') expect(numbers).toContain(typeof time === 'number' ? time : Date.parse(time))
    } finally {
      folder.release()
    }
  })
})

interface StoredTime {
  readonly table: string
  readonly time: string | number
}

/** All times that a database has. */
function timesOf(path: string): readonly StoredTime[] {
  const database = new SqliteDatabase(path, { readonly: true })
  try {
    const columns = database
      .prepare<[], { table: string; name: string }>(
        `SELECT tables.name AS "table", columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' AND columns.type = 'DATETIME'`,
      )
      .all()
    return columns
      .filter(({ table }) => table !== ENGINE)
      .flatMap(({ table, name }) =>
        database
          .prepare<[], string | number>(`SELECT "${name}" FROM "${table}" WHERE "${name}" IS NOT NULL`)
          .pluck()
          .all()
          .map((time) => ({ table, time })),
      )
  } finally {
    database.close()
  }
}
