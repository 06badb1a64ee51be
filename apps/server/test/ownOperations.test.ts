import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import type { DocumentNode, GraphQLInputType, OperationDefinitionNode } from 'graphql'
import { expect, it } from 'vitest'
import { limits } from '../src/api/graphql/builder.js'
import { schema } from '../src/api/graphql/schema.js'

// The build of graphql that Node gives the schema: an import here would be given the other one, which refuses it.
const { isEnumType, isInputObjectType, isListType, isNonNullType, Kind, parse, typeFromAST } = createRequire(import.meta.url)(
  'graphql',
) as typeof import('graphql')

const generated = fileURLToPath(new URL('../../web/src/data/generated/graphql.ts', import.meta.url))
const texts = new Map(
  [...readFileSync(generated, 'utf8').matchAll(/^export const (\w+) = gql`([^`]*)`/gm)].map(([, name = '', text = '']) => [name, text]),
)

/** The text of an operation with those of the fragments that it names, and that these name, each once. */
function wholeText(name: string): string {
  const names = new Set([name])
  for (const each of names) for (const [, other = ''] of (texts.get(each) ?? '').matchAll(/\$\{(\w+)\}/g)) names.add(other)
  return [...names].map((each) => (texts.get(each) ?? '').replaceAll(/\$\{\w+\}/g, '')).join('\n')
}

const documents: DocumentNode[] = [...texts.keys()].filter((name) => !name.endsWith('FragmentDoc')).map((name) => parse(wholeText(name)))
const operations = documents.flatMap((document) => {
  const [operation] = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return operation ? [{ name: operation.name?.value ?? '', document, operation }] : []
})

/** Something that a variable of a type may be: as little as it may hold. */
function valueFor(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType)
  if (isListType(type)) return [valueFor(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field, index) => (type.isOneOf ? index === 0 : isNonNullType(field.type)))
    return Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type)]))
  }
  return { Int: 100, Float: 0.5, Boolean: true }[type.name] ?? 'some'
}

function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, type }) => [
      variable.name.value,
      valueFor(typeFromAST(schema, type as never) as GraphQLInputType),
    ]),
  )
}

it('are found', () => expect(operations.length).toBeGreaterThan(30))

it.each(operations)('the operation of the dashboard is far from being refused: $name', ({ document, operation }) => {
  const { complexity, depth, breadth } = complexityFromQuery(document, { schema, ctx: {}, variables: variablesOf(operation) })
  expect(breadth).toBeLessThan(0.8 * limits.breadth)
  expect(depth).toBeLessThan(limits.depth)
  expect(complexity).toBeLessThan(0.8 * limits.complexity)
})
