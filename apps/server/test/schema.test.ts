import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { diffMigrations } from '../src/database/diffMigrations.js'
import { printedSchemaPath } from '../src/projectPaths.js'

describe('the schema', () => {
  it('of the API is the one that is committed (npm run -w apps/server print-schema writes it)', async () => {
    // In a process of its own: Vite would load a second copy of graphql next to the one that Node loads.
    const module = new URL('../dist/api/graphql/schema.js', import.meta.url)
    const script = `import { printSortedSchema } from ${JSON.stringify(module.href)}; process.stdout.write(printSortedSchema())`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
    expect(await readFile(printedSchemaPath, 'utf8')).toBe(stdout)
  })

  it('describes every value of an enum in a sentence, where it describes it', async () => {
    const described = parse(await readFile(printedSchemaPath, 'utf8')).definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION ? (definition.values ?? []).flatMap(({ description }) => description?.value ?? []) : [],
    )
    expect(described.length).toBeGreaterThan(10)
    expect(described.filter((description) => !/^[A-Z].*\.$/.test(description))).toEqual([])
  })

  it('of the database is what the migrations produce', async () => {
    expect(await diffMigrations()).toBeNull()
  })
})
