import { datasetCatalog } from '@hourglass/datasets'
import { keyTypes } from '@hourglass/query'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { LabKey } from '../../runs/query/LabKey.js'
import { type Facet, type FacetValue, readFacet } from '../../runs/query/readFacet.js'
import type { LabKeys } from '../../runs/query/readKeyBook.js'
import { readKeyCounts } from '../../runs/query/readKeyCounts.js'
import { readScope } from '../../runs/runFilter.js'
import { builder } from './builder.js'
import { RunFilterInput, readFilterInput } from './RunFilter.js'

const MAXIMUM_VALUES = 500

export const BetterType = builder.enumType('Better', {
  description: 'Which way a value is better.',
  values: { LOWER: { value: 'lower' }, HIGHER: { value: 'higher' } } as const,
})

const KeyTypeType = builder.enumType('RunKeyType', {
  description: 'MIXED keys are numbers of some runs and texts of others.',
  values: keyTypes,
})
const KeyGroupType = builder.enumType('RunKeyGroup', {
  description: 'A field of all runs, a setting, what follows from settings, or what was measured.',
  values: ['FIELD', 'CONFIG', 'MODEL', 'METRIC'] as const,
})
const KeyFormatType = builder.enumType('RunKeyFormat', {
  description: 'How tables write it.',
  values: {
    NUMBER: { value: 'number' },
    DURATION: { value: 'duration' },
    COUNT: { value: 'count' },
    UNIT_SHARE: { value: 'unitShare' },
  } as const,
})

interface KeyOfLab {
  readonly key: LabKey
  readonly keys: LabKeys
  /** Runs that match and have a value of it: all keys are counted at once, where one is asked about. */
  readonly count: () => Promise<number>
}

const RunKeyType = builder.objectRef<KeyOfLab>('RunKey').implement({
  description: 'Something that runs can be filtered, sorted and grouped by.',
  fields: (t) => {
    const of =
      <Value>(read: (key: LabKey) => Value) =>
      ({ key }: KeyOfLab) =>
        read(key)
    return {
      name: t.string({
        description: 'In full, as configurations and metrics are named: config.optimizer.kind.',
        resolve: of(({ name }) => name),
      }),
      shortName: t.string({ description: 'As short as it can be written in a query.', resolve: ({ key, keys }) => keys.shortName(key) }),
      aliases: t.stringList({ resolve: of(({ aliases }) => [...aliases]) }),
      title: t.string({ resolve: of(({ title }) => title) }),
      description: t.string({ resolve: of(({ description }) => description) }),
      group: t.field({ type: KeyGroupType, resolve: of(({ group }) => group) }),
      type: t.field({ type: KeyTypeType, resolve: of(({ type }) => type) }),
      words: t.stringList({
        nullable: true,
        description: 'All that it can be; null where that is not said.',
        resolve: of(({ words }) => (words ? [...words] : null)),
      }),
      unit: t.string({ nullable: true, resolve: of(({ unit }) => unit) }),
      better: t.field({ type: BetterType, nullable: true, description: 'Null where neither way is.', resolve: of(({ better }) => better) }),
      digits: t.int({
        nullable: true,
        description: 'Significant digits that tables show; null where any are as good.',
        resolve: of(({ digits }) => digits),
      }),
      format: t.field({ type: KeyFormatType, resolve: of(({ format }) => format) }),
      isLogarithmic: t.boolean({ description: 'Whether an axis of it is logarithmic.', resolve: of(({ isLogarithmic }) => isLogarithmic) }),
      runs: t.int({ description: 'Runs that match and have a value of it.', resolve: ({ count }) => count() }),
    }
  },
})

interface ValueOfFacet extends FacetValue {
  readonly key: LabKey
}

const FacetValueType = builder.objectRef<ValueOfFacet>('RunFacetValue').implement({
  fields: (t) => ({
    number: t.exposeFloat('number', { nullable: true }),
    text: t.exposeString('text', {
      nullable: true,
      description: 'Of an experiment its name, of a data set its id, of a time its day in UTC.',
    }),
    title: t.string({
      nullable: true,
      description: 'What it is called on pages, where that is another.',
      resolve: ({ key, text }) => (key.source.kind === 'dataset' && text !== null ? titleOfDataset(text) : null),
    }),
    runs: t.exposeInt('runs'),
  }),
})

const titleOfDataset = (id: string) => Object.entries(datasetCatalog).find(([known]) => known === id)?.[1].title ?? null

const FacetType = builder.objectRef<Facet & { readonly keys: LabKeys }>('RunFacet').implement({
  description: 'What the runs that match have of a key.',
  fields: (t) => ({
    key: t.field({ type: RunKeyType, resolve: ({ key, keys, count }) => ({ key, keys, count: async () => count }) }),
    count: t.exposeInt('count', { description: 'Runs that have a value; of tags, each of each run.' }),
    missing: t.exposeInt('missing', { description: 'Runs that have none.' }),
    distinct: t.exposeInt('distinct', { description: 'Different values.' }),
    minimum: t.exposeFloat('minimum', { nullable: true }),
    maximum: t.exposeFloat('maximum', { nullable: true }),
    values: t.field({
      type: [FacetValueType],
      description: 'The most frequent first.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ key, values }) => values.map((value) => ({ key, ...value })),
    }),
  }),
})

builder.queryFields((t) => ({
  runKeys: t.field({
    type: [RunKeyType],
    description: 'Everything that runs can be filtered, sorted and grouped by.',
    args: { filter: t.arg({ type: RunFilterInput }) },
    complexity: { field: 500, multiplier: 100 },
    resolve: async (_, { filter }, { lab: { database } }) => {
      const scope = await readScope(database.read, readFilterInput(filter))
      let counted: Promise<ReadonlyMap<LabKey, number>> | undefined
      const count = async (key: LabKey) => {
        counted ??= readKeyCounts(database.read, scope).then((counts) => new Map(counts.map((each) => [each.key, each.runs])))
        return (await counted).get(key) ?? 0
      }
      return scope.keys.all.map((key) => ({ key, keys: scope.keys, count: () => count(key) }))
    },
  }),
  runFacet: t.field({
    type: FacetType,
    description:
      'The values that runs have of a key, with the number of runs of each. Fails with BAD_USER_INPUT where there is no such key.',
    args: {
      key: t.arg.string({ required: true, description: 'Its name in full, or any text that means it in the language of queries.' }),
      filter: t.arg({ type: RunFilterInput }),
      search: t.arg.string({ defaultValue: '', description: 'Part of the value, in any case.' }),
      first: t.arg.int({ defaultValue: 20, description: `At most ${MAXIMUM_VALUES} values.` }),
    },
    complexity: ({ first }) => ({ field: 100, multiplier: Math.min(Math.max(first ?? 20, 1), MAXIMUM_VALUES) }),
    resolve: async (_, { key, filter, search, first }, { lab: { database } }) => {
      const size = first ?? 20
      if (size < 1 || size > MAXIMUM_VALUES) {
        throw new HourglassError(errorCodes.badUserInput, `first: expected 1 to ${MAXIMUM_VALUES}, got ${size}.`)
      }
      const scope = await readScope(database.read, readFilterInput(filter))
      const facet = await readFacet(database.read, scope, { key: scope.keys.require(key, 'key'), search: search ?? '', first: size })
      return { ...facet, keys: scope.keys }
    },
  }),
}))
