import { ApolloServerErrorCode } from '@apollo/server/errors'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getIntrospectionQuery,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql'
import { errorCodes } from '../../HourglassError.js'

/**
 * Refuses documents that ask for more of the schema than twice what tools ask for. Fields of introspection have no resolvers of ours, so no limit on operations
 * sees them. Counts the fields of the answer before any is made, by how long the lists of this schema are.
 */
export const limitIntrospection: ValidationRule = (context) => ({
  Document: (document) => {
    const { lengths, maximum } = measure(context.getSchema())
    for (const { operation, cost } of costsOf(document, lengths)) {
      if (cost <= maximum) continue
      const message = `Introspection: expected to ask for at most ${maximum} fields of the schema, got ${Math.round(cost)}. Ask for each part once.`
      context.reportError(
        new GraphQLError(message, { nodes: [operation], extensions: { code: errorCodes.queryTooComplex, limit: 'introspection' } }),
      )
    }
    return undefined
  },
})

interface OperationCost {
  readonly operation: OperationDefinitionNode
  /** Fields of introspection in its answer. */
  readonly cost: number
}

function costsOf({ definitions }: DocumentNode, lengths: Lengths): readonly OperationCost[] {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const known = new Map<string, number>()
  const costOf = ({ selections }: SelectionSetNode, parent: Parent): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + costOf(selection.selectionSet, parent)
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum + fragmentCost(selection.name.value, parent)
      const name = selection.name.value
      const here = placeOf(name, parent)
      const each = selection.selectionSet ? costOf(selection.selectionSet, here) : 0
      return sum + (here === 'outside' ? each : 1 + lengthOf(lengths, name, parent) * each)
    }, 0)
  const fragmentCost = (name: string, parent: Parent): number => {
    const key = `${parent} ${name}`
    const fragment = fragments.get(name)
    // One that comes again within itself is refused by another rule.
    if (!known.has(key)) known.set(key, 0).set(key, fragment ? costOf(fragment.selectionSet, parent) : 0)
    return known.get(key) ?? 0
  }
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [{ operation: definition, cost: costOf(definition.selectionSet, 'outside') }] : [],
  )
}

/** Where a field is asked for: of no part of the schema, of each type in the list of all, or of another part. */
type Parent = 'outside' | 'types' | 'inside'

function placeOf(name: string, parent: Parent): Parent {
  if (parent === 'outside') return name === '__schema' || name === '__type' ? 'inside' : 'outside'
  return name === 'types' ? 'types' : 'inside'
}

interface Length {
  /** Over all types, for the list of them. */
  readonly mean: number
  readonly most: number
}

type Lengths = Readonly<Record<string, Length>>

function lengthOf(lengths: Lengths, name: string, parent: Parent): number {
  const length = lengths[name]
  return length ? (parent === 'types' ? length.mean : length.most) : 1
}

/** Refuses every question for the schema. */
export const refuseIntrospection: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return
    const message = `${node.name.value}: this lab does not answer questions for its schema (HOURGLASS_INTROSPECTION is 0).`
    context.reportError(new GraphQLError(message, { nodes: [node], extensions: { code: ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED } }))
  },
})

interface Measures {
  readonly lengths: Lengths
  /** What an operation may ask for. */
  readonly maximum: number
}

const measured = new WeakMap<GraphQLSchema, Measures>()

function measure(schema: GraphQLSchema): Measures {
  const before = measured.get(schema)
  if (before) return before
  const lengths = lengthsOf(schema)
  const usual = costsOf(parse(getIntrospectionQuery()), lengths)
  const made = { lengths, maximum: Math.round(2 * Math.max(...usual.map(({ cost }) => cost))) }
  measured.set(schema, made)
  return made
}

function lengthsOf(schema: GraphQLSchema): Lengths {
  const types = Object.values(schema.getTypeMap())
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type))
  const fields = composite.flatMap((type) => Object.values(type.getFields()))
  const directives = schema.getDirectives()
  const over = (parents: number, counts: readonly number[]): Length => ({
    mean: counts.reduce((sum, count) => sum + count, 0) / Math.max(1, parents),
    most: Math.max(1, ...counts),
  })
  return {
    types: over(1, [types.length]),
    directives: over(1, [directives.length]),
    locations: over(
      directives.length,
      directives.map(({ locations }) => locations.length),
    ),
    fields: over(
      types.length,
      composite.map((type) => Object.keys(type.getFields()).length),
    ),
    args: over(
      fields.length,
      [...fields, ...directives].map(({ args }) => args.length),
    ),
    inputFields: over(
      types.length,
      types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0)),
    ),
    enumValues: over(
      types.length,
      types.map((type) => (isEnumType(type) ? type.getValues().length : 0)),
    ),
    interfaces: over(
      types.length,
      composite.map((type) => type.getInterfaces().length),
    ),
    possibleTypes: over(
      types.length,
      types.map((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0)),
    ),
  }
}
