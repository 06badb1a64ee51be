import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Dice } from './Dice.js'

/** A body of a request of GraphQL, as text. */
type Operation = (dice: Dice, schema: GraphQLSchema) => string

const body = (query: unknown, more: Readonly<Record<string, unknown>> = {}) => JSON.stringify({ query, ...more })
const repeat = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index)).join(' ')

const oddTexts = [
  '',
  '\u0000',
  '\ud800',
  '\u202e\u2066',
  '💥'.repeat(500),
  '../../etc/passwd',
  "'; DROP TABLE Run; --",
  '__proto__',
  '\ufeff',
  'x'.repeat(60_000),
]
const oddNumbers = ['0', '-1', '2147483648', '-2147483649', '1e308', '0.1', '9007199254740993']
const oddValues: readonly unknown[] = [null, true, -1, 1e308, '', [], {}, [[[]]], { __proto__: null }, { length: 1 }, ...oddTexts]

/** Of several, exactly one is expected: as a literal, and as the value of a variable. */
const wrongChoices: readonly (readonly [string, unknown])[] = [
  ['{}', {}],
  ['{ dense: null }', { dense: null }],
  [
    '{ dense: { latentDimension: 2 }, convolutional: { filters: [4] } }',
    { dense: { latentDimension: 2 }, convolutional: { filters: [4] } },
  ],
  ['{ dense: { latentDimension: 2 }, convolutional: null }', { dense: { latentDimension: 2 }, convolutional: null }],
  ['{ nothing: {} }', { nothing: {} }],
  ['[{ dense: { latentDimension: 2 } }, { dense: { latentDimension: 3 } }]', [{}, {}]],
  ['"dense"', 'dense'],
]

/** What each field may be asked with, by what is wrong with it. `valid` and `wrongValues` go over the whole schema, mutations left out: these change the lab. */
export const hostileOperations: Readonly<Record<string, Operation>> = {
  valid: (dice, schema) => body(`query { ${selectionOf(dice, schema, schema.getQueryType()?.name ?? '', 4, 'right')} }`),
  wrongValues: (dice, schema) => body(`query { ${selectionOf(dice, schema, schema.getQueryType()?.name ?? '', 3, 'odd')} }`),
  subscriptions: (dice, schema) =>
    body(`subscription { ${selectionOf(dice, schema, schema.getSubscriptionType()?.name ?? '', 3, 'odd')} }`),
  unknownFields: (dice) => body(`{ ${repeat(dice.between(1, 400), (index) => `nothing${index}`)} }`),
  deep: (dice) => {
    const depth = dice.between(20, 3000)
    return body(`{ runs { nodes ${'{ experiment { runs '.repeat(depth)}{ id }${' } }'.repeat(depth)} } }`)
  },
  wide: (dice) => body(`{ ${repeat(dice.between(200, 3000), (index) => `a${index}: lab { version }`)} }`),
  wideAndCostly: (dice) =>
    body(`{ ${repeat(dice.between(50, 300), (index) => `a${index}: runs(first: 500) { nodes { id metrics { epoch } } }`)} }`),
  introspection: (dice) => {
    const count = dice.between(60, 550)
    return body(
      `{ ${repeat(count, (index) => `a${index}: __schema { ...S }`)} } fragment S on __Schema { types { ${repeat(count, (index) => `f${index}: fields { name }`)} } }`,
    )
  },
  fragmentCycle: (dice) => {
    const count = dice.between(1, 60)
    const fragments = repeat(count, (index) => `fragment F${index} on Run { experiment { runs { ...F${(index + 1) % count} } } }`)
    return body(`{ runs { nodes { ...F0 } } } ${fragments}`)
  },
  fragmentBomb: (dice) => {
    const depth = dice.between(8, 40)
    const fragments = repeat(
      depth,
      (index) => `fragment F${index} on Lab { ${index + 1 < depth ? `...F${index + 1} ...F${index + 1}` : 'version'} }`,
    )
    return body(`{ lab { ...F0 } } ${fragments}`)
  },
  overlappingFields: (dice) => body(`{ ${repeat(dice.between(100, 2500), () => 'lab { version }')} }`),
  hugeText: (dice) => body(`{ run(id: "${'x'.repeat(dice.between(1000, 900_000))}") { id } }`),
  hugeNumber: (dice) => body(`{ runs(first: ${'9'.repeat(dice.between(20, 50_000))}) { totalCount } }`),
  nestedLists: (dice) => {
    const depth = dice.between(100, 50_000)
    return body(`{ decode(runId: "a", codes: ${'['.repeat(depth)}${']'.repeat(depth)}) }`)
  },
  nestedVariables: (dice) => {
    const depth = dice.between(100, 20_000)
    return `{"query":"query ($codes: [[Float!]!]!) { decode(runId: \\"a\\", codes: $codes) }","variables":{"codes":${'['.repeat(depth)}${']'.repeat(depth)}}}`
  },
  wrongVariables: (dice) =>
    body('query ($id: ID!, $first: Int, $filter: RunFilter) { run(id: $id) { id } runs(first: $first, filter: $filter) { totalCount } }', {
      variables: dice.chance(0.3)
        ? dice.one(oddValues)
        : { id: dice.one(oddValues), first: dice.one(oddValues), filter: dice.one(oddValues) },
    }),
  wrongEnvelope: (dice) =>
    JSON.stringify({
      query: dice.one(oddValues),
      operationName: dice.one(oddValues),
      variables: dice.one(oddValues),
      extensions: dice.one(oddValues),
    }),
  directives: (dice) => {
    const directive = dice.one(['@skip(if: false)', '@include(if: true)', '@nothing', '@skip', '@skip(if: "yes")', '@deprecated', '@oneOf'])
    return body(`query ${directive.repeat(dice.between(1, 500))} { lab { version ${directive.repeat(dice.between(1, 500))} } }`)
  },
  batch: (dice) => JSON.stringify(Array.from({ length: dice.between(0, 500) }, () => ({ query: '{ lab { version } }' }))),
  oneOf: (dice) => {
    // Never a right one: runs would be launched.
    const [literal, value] = dice.one(wrongChoices)
    if (dice.chance(0.5)) return body(`mutation { launchRun(input: { config: { architecture: ${literal} } }) { id } }`)
    return body('mutation ($architecture: ArchitectureInput!) { launchRun(input: { config: { architecture: $architecture } }) { id } }', {
      variables: { architecture: value },
    })
  },
  unknownRuns: (dice) => body(`mutation { ${dice.one(['stopRun', 'resumeRun'])}(id: ${JSON.stringify(dice.one(oddTexts))}) { id } }`),
  unicode: (dice) =>
    body(`{ run(id: ${JSON.stringify(dice.one(oddTexts))}) { id ${dice.one(['\u202e', '\u0000', 'é', '\ufeff', '\u2028', ''])} } }`),
  manyOperations: (dice) =>
    body(
      repeat(dice.between(2, 500), (index) => `query Q${index} { lab { version } }`),
      { operationName: dice.one(['Q0', 'none', '', null]) },
    ),
  noise: (dice) =>
    body(
      Array.from({ length: dice.between(0, 400) }, () =>
        dice.one(['{', '}', '(', ')', '"""', '"', '$', '@', '...', 'on', '#', ':', '!', 'id', '\n', '\\u']),
      ).join(''),
    ),
  comments: (dice) => body(`${'#\n'.repeat(dice.between(1000, 100_000))}{ lab { version } }`),
  brokenJson: (dice) => body('{ lab { version } }').slice(0, dice.between(0, 20)) + dice.bytes(dice.between(0, 30)).toString('latin1'),
}

/** A random selection of a type's fields, some of them, each with arguments of the right kind or of an odd one. */
function selectionOf(dice: Dice, schema: GraphQLSchema, typeName: string, depth: number, values: 'right' | 'odd'): string {
  const type = schema.getType(typeName)
  if (!isObjectType(type) && !isInterfaceType(type)) return '__typename'
  const fields = Object.values(type.getFields())
  const chosen = Array.from({ length: dice.between(1, 4) }, () => dice.one(fields))
  const texts = chosen.flatMap((field, index) => fieldText(dice, schema, { field, alias: `f${index}`, depth, values }) ?? [])
  return texts.length > 0 ? texts.join(' ') : '__typename'
}

interface AskedField {
  readonly field: GraphQLField<unknown, unknown>
  readonly alias: string
  readonly depth: number
  readonly values: 'right' | 'odd'
}

function fieldText(dice: Dice, schema: GraphQLSchema, { field, alias, depth, values }: AskedField): string | undefined {
  const named = getNamedType(field.type)
  if (isCompositeType(named) && depth === 0) return undefined
  const given = field.args
    .filter((argument) => isNonNullType(argument.type) || dice.chance(0.5))
    .map((argument) => argumentText(dice, argument, values))
  const members = isCompositeType(named) ? ` { ${selectionOf(dice, schema, named.name, depth - 1, values)} }` : ''
  return `${alias}: ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${members}`
}

const argumentText = (dice: Dice, { name, type }: GraphQLArgument, values: 'right' | 'odd') =>
  `${name}: ${values === 'odd' && dice.chance(0.6) ? oddLiteral(dice) : literalOf(dice, type, 4)}`

function oddLiteral(dice: Dice): string {
  return dice.one([JSON.stringify(dice.one(oddTexts)), dice.one(oddNumbers), 'null', 'true', '[]', '{}', 'NOTHING', '[[1]]', '{ a: 1 }'])
}

function literalOf(dice: Dice, type: GraphQLInputType, depth: number): string {
  if (isNonNullType(type)) return literalOf(dice, type.ofType, depth)
  if (isListType(type)) return `[${Array.from({ length: dice.between(0, 3) }, () => literalOf(dice, type.ofType, depth)).join(', ')}]`
  if (isEnumType(type)) return dice.one(type.getValues()).name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || (depth > 0 && dice.chance(0.4)))
    const some = type.isOneOf ? fields.slice(0, 1) : fields
    return `{ ${some.map((field) => `${field.name}: ${literalOf(dice, field.type, depth - 1)}`).join(', ')} }`
  }
  if (type.name === 'Int') return String(dice.between(-2, 60))
  if (type.name === 'Float') return String(dice.next() * 4 - 2)
  if (type.name === 'Boolean') return dice.one(['true', 'false'])
  return JSON.stringify(dice.one(['metric.validationLoss', 'config.optimizer.kind', ...oddTexts.slice(0, 8)]))
}
