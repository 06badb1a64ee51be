import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import type { DocumentNode, FragmentDefinitionNode, GraphQLInputType, OperationDefinitionNode } from 'graphql'
import { describe, expect, it } from 'vitest'
import { limits } from '../src/api/graphql/builder.js'
import { schema } from '../src/api/graphql/schema.js'

// The build of graphql that Node gives the schema: an import here would be given the other one, which refuses it.
const { concatAST, isEnumType, isInputObjectType, isListType, isNonNullType, Kind, parse, typeFromAST, visit } = createRequire(
  import.meta.url,
)('graphql') as typeof import('graphql')

const web = fileURLToPath(new URL('../../web/src', import.meta.url))
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.graphql'))
const { definitions } = concatAST(files.map((name) => parse(readFileSync(join(web, name), 'utf8'))))
const operations = definitions.filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)
const fragments = new Map(
  definitions
    .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => [fragment.name.value, fragment]),
)

/** An operation with the fragments that it spreads, and those that these spread. */
function documentOf(operation: OperationDefinitionNode): DocumentNode {
  const needed = new Set<OperationDefinitionNode | FragmentDefinitionNode>([operation])
  for (const definition of needed) {
    visit(definition, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value)
        if (fragment) needed.add(fragment)
      },
    })
  }
  return { kind: Kind.DOCUMENT, definitions: [...needed] }
}

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

describe('an operation of the dashboard', () => {
  it.each(operations.map((operation) => [operation.name?.value ?? '', operation] as const))(
    'is far from being refused: %s',
    (_, operation) => {
      const { complexity, depth, breadth } = complexityFromQuery(documentOf(operation), {
        schema,
        ctx: {},
        variables: variablesOf(operation),
      })
      expect(breadth).toBeLessThan(0.7 * limits.breadth)
      expect(depth).toBeLessThan(limits.depth)
      expect(complexity).toBeLessThan(0.7 * limits.complexity)
    },
  )
})
