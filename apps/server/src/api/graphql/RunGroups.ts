import { errorCodes, HourglassError } from '../../HourglassError.js'
import { nameOfKey, type RunGroupKey, runGroupFields, type SharedValue } from '../../runs/groups/groupKeys.js'
import { groupFigures, type RunGroupOrder } from '../../runs/groups/groupOrder.js'
import type { RunGroup, ValueSpread } from '../../runs/groups/RunGroup.js'
import { type RunGroupPage, readRunGroups } from '../../runs/groups/readRunGroups.js'
import { builder } from './builder.js'
import { ExperimentType } from './Experiment.js'
import { kindCounts } from './kindCounts.js'
import { PageInfoType } from './PageInfo.js'
import { RunType } from './Run.js'
import { RankingType } from './RunConnection.js'
import { RunFilterInput, RunGroupFilterType, readFilterInput } from './RunFilter.js'
import { BetterType } from './RunKeys.js'
import { OrderDirection } from './RunList.js'

const MAXIMUM_PAGE = 500
const MAXIMUM_KEYS = 4
const MAXIMUM_AGGREGATES = 12
const MAXIMUM_ORDERS = 4
/** The connection multiplies by its length already. */
const perGroup = { field: 1, multiplier: 1 }

const RunGroupFieldType = builder.enumType('RunGroupField', { values: runGroupFields })

const RunGroupByInput = builder.inputType('RunGroupBy', {
  description: 'What runs are grouped by: what every run has, or a value by its name.',
  isOneOf: true,
  fields: (t) => ({
    field: t.field({ type: RunGroupFieldType }),
    value: t.string({ description: 'For example config.optimizer.kind or metric.bestEpoch.' }),
    key: t.string({
      description:
        'A key by its name in full or any text that means it in the language of queries. Times are grouped by their days in UTC; a run is in the group of each of its tags.',
    }),
  }),
})

const GroupFigureType = builder.enumType('RunGroupFigure', {
  description:
    'What sums up a value in a group. BEST is that of the best run, of values that runs of the group can be ranked by; others come last.',
  values: groupFigures,
})

const RunGroupOrderInput = builder.inputType('RunGroupOrder', {
  description:
    'What groups are ordered by: one of their keys, the number of their runs, or what sums up a value. Groups that lack it come last.',
  fields: (t) => ({
    key: t.int({ description: 'Place of the key in `by`, from 0.' }),
    count: t.boolean({ description: 'By the number of runs; only true.' }),
    name: t.string({ description: 'One of `aggregate`.' }),
    figure: t.field({ type: GroupFigureType, description: 'Of the value that is named.', defaultValue: 'MEAN' }),
    direction: t.field({ type: OrderDirection, required: true }),
  }),
})

interface KeyOfGroup extends SharedValue {
  readonly key: RunGroupKey
}

const isExperiment = (key: RunGroupKey) => ('field' in key ? key.field === 'EXPERIMENT' : 'key' in key && key.key === 'experiment')

const RunGroupKeyType = builder.objectRef<KeyOfGroup>('RunGroupKey').implement({
  description: 'What the runs of a group have in common: a number or a text; neither where they have no such value.',
  fields: (t) => ({
    field: t.field({ type: RunGroupFieldType, nullable: true, resolve: ({ key }) => ('field' in key ? key.field : null) }),
    value: t.string({ nullable: true, description: 'Name of the value.', resolve: ({ key }) => ('value' in key ? key.value : null) }),
    key: t.string({ nullable: true, description: 'As it was asked for.', resolve: ({ key }) => ('key' in key ? key.key : null) }),
    number: t.exposeFloat('number', { nullable: true }),
    text: t.exposeString('text', { nullable: true, description: 'A word, `true` or `false`, or the id of a data set or an experiment.' }),
    experiment: t.field({
      type: ExperimentType,
      nullable: true,
      description: 'The experiment that the runs belong to, where they are grouped by it.',
      resolve: ({ key, text }, _, { loaders }) => (isExperiment(key) && text !== null ? loaders.experiment.load(text) : null),
    }),
  }),
})

const ValueSpreadType = builder.objectRef<ValueSpread>('RunValueSpread').implement({
  description: 'How the runs of a group are spread along a value; runs without a number of the name count for nothing.',
  fields: (t) => ({
    name: t.exposeString('name'),
    count: t.exposeInt('count', { description: 'Runs that have a number of the name.' }),
    mean: t.exposeFloat('mean', { nullable: true }),
    standardDeviation: t.exposeFloat('standardDeviation', {
      nullable: true,
      description: 'Of the sample, divided by n − 1; null for fewer than two runs.',
    }),
    minimum: t.exposeFloat('minimum', { nullable: true }),
    maximum: t.exposeFloat('maximum', { nullable: true }),
    better: t.field({ type: BetterType, nullable: true, resolve: ({ better }) => better }),
    isComparable: t.exposeBoolean('isComparable', {
      description:
        'Whether the runs that have a number can be ranked by it: they are of one objective, data set, choice of examples, corruption and bound on a likelihood, as far as these matter.',
    }),
    ...kindCounts(t, { runs: 'the runs that have a number', otherwise: 'at most 1' }),
    bestRun: t.field({
      type: RunType,
      nullable: true,
      description: 'The run with the best value, the oldest of several; null where neither way is better, or the runs cannot be ranked.',
      resolve: ({ bestRunNumber }, _, { loaders }) => (bestRunNumber === null ? null : loaders.runByNumber.load(bestRunNumber)),
    }),
  }),
})

const RunGroupType = builder.objectRef<RunGroup>('RunGroup').implement({
  description: 'Runs that have something in common.',
  fields: (t) => ({
    keys: t.field({
      type: [RunGroupKeyType],
      description: 'In the order of what was grouped by.',
      complexity: { field: 1, multiplier: MAXIMUM_KEYS },
      resolve: ({ by, shared }) => by.map((key, index) => ({ key, number: null, text: null, ...shared[index] })),
    }),
    count: t.exposeInt('count'),
    spreads: t.field({
      type: [ValueSpreadType],
      description: 'In the order of `aggregate`.',
      complexity: { field: 1, multiplier: MAXIMUM_AGGREGATES / 2 },
      resolve: ({ spreads }) => [...spreads],
    }),
    filter: t.field({
      type: RunGroupFilterType,
      description: 'Finds the runs of the group, and no others.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ filter }) => filter,
    }),
  }),
})

const RunGroupEdge = builder.objectRef<RunGroupPage['edges'][number]>('RunGroupEdge').implement({
  fields: (t) => ({ cursor: t.exposeString('cursor'), node: t.field({ type: RunGroupType, resolve: ({ node }) => node }) }),
})

const RunGroupConnection = builder.objectRef<RunGroupPage>('RunGroupConnection').implement({
  fields: (t) => ({
    edges: t.field({ type: [RunGroupEdge], complexity: perGroup, resolve: ({ edges }) => [...edges] }),
    nodes: t.field({ type: [RunGroupType], complexity: perGroup, resolve: ({ edges }) => edges.map(({ node }) => node) }),
    pageInfo: t.field({ type: PageInfoType, resolve: (page) => page }),
    lastSeq: t.int({
      description: 'Newest event before the groups were read: `runsChanged(after)` from there on misses nothing.',
      resolve: ({ lastSeq }) => lastSeq,
    }),
    totalCount: t.int({ description: 'Groups that there are.', resolve: ({ count }) => count() }),
    ranking: t.field({
      type: RankingType,
      nullable: true,
      description:
        'Whether groups can be ranked by the value that they are ordered by first; null where that is no metric with a better way.',
      resolve: ({ ranking }) => ranking(),
    }),
  }),
})

builder.queryFields((t) => ({
  runGroups: t.field({
    type: RunGroupConnection,
    description: `Runs by what they have in common, at most ${MAXIMUM_PAGE} groups at a time: unless ordered otherwise, those with numbers first, ascending, then those with texts, then runs without the value.`,
    args: {
      by: t.arg({ type: [RunGroupByInput], required: true, description: `1 to ${MAXIMUM_KEYS}, each once.` }),
      filter: t.arg({ type: RunFilterInput }),
      aggregate: t.arg.stringList({
        defaultValue: [],
        description: `Names of values whose spread in each group is computed, at most ${MAXIMUM_AGGREGATES}, each once.`,
      }),
      orderBy: t.arg({ type: [RunGroupOrderInput], description: `At most ${MAXIMUM_ORDERS}, the first counts most.` }),
      first: t.arg.int({ defaultValue: 50 }),
      after: t.arg.string({ description: 'Cursor of the last group before this page.' }),
    },
    complexity: ({ first }) => ({ field: 100, multiplier: Math.min(Math.max(first ?? 50, 1), MAXIMUM_PAGE) }),
    resolve: (_, { by, filter, aggregate, orderBy, first, after }, { lab }) => {
      const size = first ?? 50
      if (size < 1 || size > MAXIMUM_PAGE) {
        throw new HourglassError(errorCodes.badUserInput, `first: expected 1 to ${MAXIMUM_PAGE}, got ${size}.`)
      }
      const keys = by.map(readKey)
      checkDistinct('by', keys.map(nameOfKey), { least: 1, most: MAXIMUM_KEYS })
      checkDistinct('aggregate', aggregate ?? [], { least: 0, most: MAXIMUM_AGGREGATES })
      return readRunGroups(lab.database.read, {
        by: keys,
        filter: readFilterInput(filter),
        aggregate: aggregate ?? [],
        orderBy: readOrders(orderBy ?? [], keys.length),
        first: size,
        after: after ?? undefined,
      })
    },
  }),
}))

function readKey({ field, value, key }: typeof RunGroupByInput.$inferInput): RunGroupKey {
  return field ? { field } : key ? { key } : { value: value ?? '' }
}

function readOrders(orders: readonly (typeof RunGroupOrderInput.$inferInput)[], keys: number): readonly RunGroupOrder[] {
  if (orders.length <= MAXIMUM_ORDERS) return orders.map((order) => readOrder(order, keys))
  throw new HourglassError(errorCodes.badUserInput, `orderBy: expected at most ${MAXIMUM_ORDERS}, got ${orders.length}.`)
}

function readOrder({ key, count, name, figure, direction }: typeof RunGroupOrderInput.$inferInput, keys: number): RunGroupOrder {
  const hasKey = typeof key === 'number'
  if ([hasKey, count === true, typeof name === 'string'].filter(Boolean).length !== 1) {
    throw new HourglassError(errorCodes.badUserInput, 'orderBy: expected one of key, count and name, got none or several.')
  }
  if (typeof name === 'string') return { name, figure: figure ?? 'MEAN', direction }
  if (!hasKey) return { count: true, direction }
  if (key >= 0 && key < keys) return { key, direction }
  throw new HourglassError(errorCodes.badUserInput, `orderBy: expected a key from 0 to ${keys - 1}, got ${key}.`)
}

function checkDistinct(
  argument: string,
  names: readonly string[],
  { least, most }: { readonly least: number; readonly most: number },
): void {
  if (names.length < least || names.length > most) {
    throw new HourglassError(errorCodes.badUserInput, `${argument}: expected ${least} to ${most} names, got ${names.length}.`)
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw new HourglassError(
    errorCodes.badUserInput,
    `${argument}: expected each name once, got ${JSON.stringify(twice.slice(0, 200))} twice.`,
  )
}
