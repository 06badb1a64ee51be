import { errorCodes, HourglassError } from '../../HourglassError.js'
import { type RunOrderField as OrderField, type RunOrderBy, type RunPage, readRunPage, runOrderFields } from '../../runs/readRunPage.js'
import { builder } from './builder.js'
import { PageInfoType } from './PageInfo.js'
import { RunType } from './Run.js'
import { RunFilterInput } from './RunFilter.js'

const MAXIMUM_PAGE = 500
/** The connection multiplies by its length already. */
const perRun = { field: 1, multiplier: 1 }

const RunOrderField = builder.enumType('RunOrderField', { values: runOrderFields })
const OrderDirection = builder.enumType('OrderDirection', { values: ['ASC', 'DESC'] as const })

const RunOrder = builder.inputType('RunOrder', {
  fields: (t) => ({
    field: t.field({ type: RunOrderField }),
    value: t.string({
      description:
        'Instead of a field, the name of any value of runs, such as metric.peakSignalToNoiseRatio, or metric.test.structuralSimilarity of completed runs.',
    }),
    direction: t.field({ type: OrderDirection, required: true }),
  }),
})

const RunEdge = builder.objectRef<RunPage['edges'][number]>('RunEdge').implement({
  fields: (t) => ({ cursor: t.exposeString('cursor'), node: t.field({ type: RunType, resolve: ({ node }) => node }) }),
})

const RunConnection = builder.objectRef<RunPage>('RunConnection').implement({
  fields: (t) => ({
    edges: t.field({ type: [RunEdge], complexity: perRun, resolve: ({ edges }) => [...edges] }),
    nodes: t.field({ type: [RunType], complexity: perRun, resolve: ({ edges }) => edges.map(({ node }) => node) }),
    pageInfo: t.field({ type: PageInfoType, resolve: (page) => page }),
    lastSeq: t.int({
      description: 'Newest event before the page was read: `runsChanged(after)` from there on misses nothing.',
      resolve: ({ lastSeq }) => lastSeq,
    }),
    totalCount: t.int({ description: 'Runs that match the filter.', resolve: ({ count }) => count() }),
  }),
})

builder.queryFields((t) => ({
  runs: t.field({
    type: RunConnection,
    description: `Runs, at most ${MAXIMUM_PAGE} at a time, the newest first unless ordered otherwise.`,
    args: {
      first: t.arg.int({ defaultValue: 50 }),
      after: t.arg.string({ description: 'Cursor of the last run before this page.' }),
      filter: t.arg({ type: RunFilterInput }),
      orderBy: t.arg({ type: RunOrder }),
    },
    complexity: ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first ?? 50, 1), MAXIMUM_PAGE) }),
    resolve: (_, { first, after, filter, orderBy }, { lab }) => {
      const size = first ?? 50
      if (size < 1 || size > MAXIMUM_PAGE) {
        throw new HourglassError(errorCodes.badUserInput, `first: expected 1 to ${MAXIMUM_PAGE}, got ${size}.`)
      }
      return readRunPage(lab.database.read, {
        first: size,
        after: after ?? undefined,
        filter: filter ?? {},
        orderBy: readOrder(orderBy ?? {}),
        direction: orderBy?.direction ?? 'DESC',
      })
    },
  }),
}))

function readOrder({
  field,
  value,
}: {
  readonly field?: OrderField | null | undefined
  readonly value?: string | null | undefined
}): RunOrderBy {
  if (field && value) {
    throw new HourglassError(
      errorCodes.badUserInput,
      `orderBy: expected a field or a value, got both: ${field} and ${JSON.stringify(value)}.`,
    )
  }
  return value ? { value } : { field: field ?? 'CREATED_AT' }
}
