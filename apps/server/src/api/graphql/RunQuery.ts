import { agoUnits, queryOperators, type RunFlag, type RunQuery, runFlags } from '@hourglass/query'
import { builder } from './builder.js'

const OperatorType = builder.enumType('RunQueryOperator', {
  description: 'In writing: < <= = >= >. A date is compared with all of the day that is named.',
  values: queryOperators,
})
const AgoUnitType = builder.enumType('RunQueryAgoUnit', { values: agoUnits })
const FlagType = builder.enumType('RunFlag', { description: 'DELETED runs are in the trash.', values: runFlags })

const AgoInput = builder.inputType('RunQueryAgo', {
  description: 'So long before the moment at which the query is asked.',
  fields: (t) => ({ amount: t.int({ required: true }), unit: t.field({ type: AgoUnitType, required: true }) }),
})

const ValueInput = builder.inputType('RunQueryValue', {
  isOneOf: true,
  fields: (t) => ({
    number: t.float(),
    text: t.string({ description: 'Compared in any case.' }),
    moment: t.string({
      description: 'A day, 2026-11-01, or a time of one, 2026-11-01T08:30, with its offset or in the filter’s time zone.',
    }),
    ago: t.field({ type: AgoInput }),
  }),
})

const key = 'Name of a key in full, or any text that means it in the language of queries.'

const ComparisonInput = builder.inputType('RunQueryComparison', {
  fields: (t) => ({
    key: t.string({ required: true, description: key }),
    operator: t.field({ type: OperatorType, required: true }),
    value: t.field({ type: ValueInput, required: true }),
  }),
})

const ContainsInput = builder.inputType('RunQueryContains', {
  description: 'Part of a text, in any case.',
  fields: (t) => ({ key: t.string({ required: true, description: key }), text: t.string({ required: true }) }),
})

const OneOfInput = builder.inputType('RunQueryOneOf', {
  fields: (t) => ({ key: t.string({ required: true, description: key }), values: t.field({ type: [ValueInput], required: true }) }),
})

/** What the input holds; GraphQL has seen to it that one member is given. */
export interface RunQueryShape {
  readonly and?: readonly RunQueryShape[] | null | undefined
  readonly or?: readonly RunQueryShape[] | null | undefined
  readonly not?: RunQueryShape | null | undefined
  readonly compare?: object | null | undefined
  readonly contains?: object | null | undefined
  readonly oneOf?: object | null | undefined
  readonly has?: string | null | undefined
  readonly is?: RunFlag | null | undefined
  readonly search?: string | null | undefined
}

export const RunQueryInput = builder.inputRef<RunQueryShape>('RunQueryTree')

RunQueryInput.implement({
  description:
    'Which runs are meant, as a tree: what a text in the language of queries says. A run without a value is neither equal to nor different from any.',
  isOneOf: true,
  fields: (t) => ({
    and: t.field({ type: [RunQueryInput], description: 'All of these; every run where there is none.' }),
    or: t.field({ type: [RunQueryInput], description: 'Any of these; no run where there is none.' }),
    not: t.field({ type: RunQueryInput }),
    compare: t.field({ type: ComparisonInput }),
    contains: t.field({ type: ContainsInput }),
    oneOf: t.field({ type: OneOfInput }),
    has: t.string({ description: 'Key of which there is a value.' }),
    is: t.field({ type: FlagType }),
    search: t.string({ description: 'Part of the name, the notes, a tag or the label, in any case.' }),
  }),
})

/** Reads the input: its members without those that are not given. */
export function readQueryInput(input: RunQueryShape): RunQuery {
  // Members are named and shaped as those of the tree, of which exactly one is given.
  return withoutNulls(input) as RunQuery
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === null || member === undefined ? [] : [[name, withoutNulls(member)]])),
  )
}
