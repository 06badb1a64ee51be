import type { RunFilter, ValueCondition } from '../../runs/runFilter.js'
import { builder } from './builder.js'
import { RunQueryInput, readQueryInput } from './RunQuery.js'
import { RunStatusType } from './RunStatus.js'

const describedCondition = {
  name: 'For example config.architecture.latentDimension or metric.validationLoss.',
  oneOf: 'Texts, or numbers as text, that it may be.',
  contains: 'Part of the text, in any case.',
  number: 'Exactly this number.',
  text: 'Exactly this text, and no number that is written so.',
  missing: 'That the run has no value of the name.',
} as const

const RunValueConditionInput = builder.inputType('RunValueCondition', {
  description: 'What a value of a run must be; all that is given must hold.',
  fields: (t) => ({
    name: t.string({ required: true, description: describedCondition.name }),
    minimum: t.float(),
    maximum: t.float(),
    oneOf: t.stringList({ description: describedCondition.oneOf }),
    contains: t.string({ description: describedCondition.contains }),
    number: t.float({ description: describedCondition.number }),
    text: t.string({ description: describedCondition.text }),
    missing: t.boolean({ description: describedCondition.missing }),
  }),
})

const nullableItems = { list: false, items: false } as const

const described = {
  dataset: 'Ids of data sets; null stands for data that this lab does not know.',
  experiment: 'Ids of experiments; null stands for runs of none.',
  search: 'Part of the name, in any case.',
  text: 'In the language of queries, such as `z <= 32 and optimizer = adam and psnr > 20`. One that is wrong fails with BAD_USER_INPUT, and `from` and `to` in its extensions say where.',
  timeZone: 'Where the days of text and query begin, such as Europe/Zurich; UTC unless given.',
} as const

export const RunFilterInput = builder.inputType('RunFilter', {
  description:
    'Which runs are meant; all that is given must hold. Runs that are archived or in the trash are left out, unless text or query say something about that (`is archived`, `is deleted`).',
  fields: (t) => ({
    status: t.field({ type: [RunStatusType] }),
    dataset: t.stringList({ required: nullableItems, description: described.dataset }),
    experiment: t.idList({ required: nullableItems, description: described.experiment }),
    search: t.string({ description: described.search }),
    values: t.field({ type: [RunValueConditionInput] }),
    ids: t.idList(),
    text: t.string({ description: described.text }),
    query: t.field({ type: RunQueryInput }),
    timeZone: t.string({ description: described.timeZone }),
  }),
})

/** Reads the input. */
export function readFilterInput(input: typeof RunFilterInput.$inferInput | null | undefined): RunFilter {
  return input ? { ...input, query: input.query ? readQueryInput(input.query) : null } : {}
}

const ValueConditionType = builder.objectRef<ValueCondition>('RunGroupCondition').implement({
  description: 'A RunValueCondition as it is sent.',
  fields: (t) => ({
    name: t.exposeString('name'),
    minimum: t.float({ nullable: true, resolve: ({ minimum }) => minimum ?? null }),
    maximum: t.float({ nullable: true, resolve: ({ maximum }) => maximum ?? null }),
    oneOf: t.stringList({ nullable: true, resolve: ({ oneOf }) => oneOf && [...oneOf] }),
    contains: t.string({ nullable: true, resolve: ({ contains }) => contains ?? null }),
    number: t.float({ nullable: true, resolve: ({ number }) => number ?? null }),
    text: t.string({ nullable: true, resolve: ({ text }) => text ?? null }),
    missing: t.boolean({ nullable: true, resolve: ({ missing }) => missing ?? null }),
  }),
})

/** The input's fields once more, for filters that the API answers with. */
export const RunGroupFilterType = builder.objectRef<RunFilter>('RunGroupFilter').implement({
  description: 'A RunFilter as it is sent: `runs` takes the same fields and values.',
  fields: (t) => ({
    status: t.field({ type: [RunStatusType], nullable: true, resolve: ({ status }) => status && [...status] }),
    dataset: t.field({
      type: ['String'],
      nullable: { list: true, items: true },
      description: described.dataset,
      resolve: ({ dataset }) => dataset?.map((id) => id ?? null),
    }),
    experiment: t.field({
      type: ['ID'],
      nullable: { list: true, items: true },
      description: described.experiment,
      resolve: ({ experiment }) => experiment?.map((id) => id ?? null),
    }),
    search: t.string({ nullable: true, resolve: ({ search }) => search ?? null }),
    values: t.field({ type: [ValueConditionType], nullable: true, resolve: ({ values }) => values && [...values] }),
    ids: t.field({ type: ['ID'], nullable: true, resolve: ({ ids }) => ids && [...ids] }),
    text: t.string({ nullable: true, description: described.text, resolve: ({ text }) => text ?? null }),
    timeZone: t.string({ nullable: true, description: described.timeZone, resolve: ({ timeZone }) => timeZone ?? null }),
  }),
})
