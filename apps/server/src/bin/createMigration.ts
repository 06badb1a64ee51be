import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { diffMigrations } from '../database/diffMigrations.js'
import { migrationsFolder } from '../projectPaths.js'

const [name = ''] = process.argv.slice(2)
if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
  console.error(`Expected the migration's name in lower_case_words, for example add_run_notes, got ${JSON.stringify(name)}.`)
  process.exit(1)
}
const sql = await diffMigrations()
if (sql === null) {
  console.log('The migrations already produce schema.prisma.')
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join(migrationsFolder, `${timestamp}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), sql)
  console.log(`Wrote ${join(folder, 'migration.sql')}`)
}
