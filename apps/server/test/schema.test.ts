import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describeMeasurement, epochCatalog, type Measurement, metricCatalog } from '@hourglass/autoencoders'
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

  it('offers every measurement of the catalog, described as it is there', async () => {
    const document = parse(await readFile(printedSchemaPath, 'utf8'))
    const fieldsOf = (type: string) =>
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type
          ? (definition.fields ?? []).map(({ name, description }) => ({ id: name.value, description: description?.value }))
          : [],
      )
    const described = (rows: readonly Measurement[]) => rows.map((row) => ({ id: row.id, description: describeMeasurement(row) }))
    expect(fieldsOf('EpochMetrics')).toEqual(expect.arrayContaining(described(epochCatalog)))
    expect(fieldsOf('RunSummary')).toEqual(expect.arrayContaining(described(epochCatalog.filter(({ id }) => id !== 'seconds'))))
    for (const type of ['TestMetrics', 'AnalysisSubjectMetrics']) {
      expect(fieldsOf(type)).toEqual(expect.arrayContaining(described(metricCatalog)))
    }
  })

  it('of the database is what the migrations produce', async () => {
    expect(await diffMigrations()).toBeNull()
  })
})
