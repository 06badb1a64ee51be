/**
 * Writes src/data/generated/graphql.ts: types and typed documents for every .graphql file under src, checked
 * against the API's schema. Adds fragments that nobody writes by hand: RunConfigFields, AnalysisFields, RunSummaryFields and EpochMetricsFields select
 * everything, however many kinds of architecture the schema knows and however many measurements the catalog; EpochLossesFields, for pages of many runs,
 * selects losses and speeds of epochs alone.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { codegen } from '@graphql-codegen/core'
import * as typedDocumentNode from '@graphql-codegen/typed-document-node'
import * as typescript from '@graphql-codegen/typescript'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { epochCatalog } from '@hourglass/autoencoders'
import { buildSchema, getNamedType, isObjectType, parse } from 'graphql'

const sourceFolder = new URL('../src/', import.meta.url)
const outputFile = new URL('../src/data/generated/graphql.ts', import.meta.url)
const schemaFile = process.argv[2] ?? new URL('../../server/schema.graphql', import.meta.url)

const schemaText = await readFile(schemaFile, 'utf8')
const schema = buildSchema(schemaText)

const names = (await readdir(sourceFolder, { recursive: true })).filter((name) => name.endsWith('.graphql')).sort()
const documents = await Promise.all(
  names.map(async (name) => ({ location: name, document: parse(await readFile(new URL(name, sourceFolder), 'utf8')) })),
)
for (const type of ['RunConfig', 'Analysis', 'RunSummary', 'EpochMetrics']) {
  const location = `${type}Fields`
  documents.push({ location, document: parse(`fragment ${location} on ${type} ${selectionOfEverything(schema.getType(type))}`) })
}

const losses = epochCatalog.filter(({ role }) => role === 'loss' || role === 'speed').map(({ id }) => id)
documents.push({
  location: 'EpochLossesFields',
  document: parse(`fragment EpochLossesFields on EpochMetrics { epoch elapsedSeconds ${losses.join(' ')} }`),
})

const output = await codegen({
  filename: 'graphql.ts',
  schema: parse(schemaText),
  schemaAst: schema,
  documents,
  config: {
    avoidOptionals: { field: true, inputValue: false },
    defaultScalarType: 'unknown',
    scalars: { DateTime: 'string' },
    enumType: 'string-literal',
    enumsAsTypes: true,
    skipTypeNameForRoot: true,
    nonOptionalTypename: true,
    useTypeImports: true,
    immutableTypes: true,
    documentMode: 'graphQLTag',
    gqlImport: '@apollo/client#gql',
  },
  pluginMap: { typescript, typescriptOperations, typedDocumentNode },
  plugins: [{ typescript: {} }, { typescriptOperations: {} }, { typedDocumentNode: {} }],
})

await mkdir(new URL('.', outputFile), { recursive: true })
await writeFile(outputFile, `/* Written by scripts/generate.mjs from apps/server/schema.graphql. */\n${output}`)

function selectionOfEverything(type) {
  if (!isObjectType(type)) throw new TypeError(`${type}: expected an object type`)
  const fields = Object.values(type.getFields()).map((field) => {
    const named = getNamedType(field.type)
    return isObjectType(named) ? `${field.name} ${selectionOfEverything(named)}` : field.name
  })
  return `{ ${fields.join(' ')} }`
}
