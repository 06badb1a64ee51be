import { errorCodes, HourglassError } from '../../HourglassError.js'
import { SORTED_LENGTH } from '../../runs/query/sortPlaces.js'
import type { Ranking } from '../../runs/readRanking.js'
import { type RunPage, readRunPage } from '../../runs/readRunPage.js'
import { builder } from './builder.js'
import { kindCounts } from './kindCounts.js'
import { PageInfoType } from './PageInfo.js'
import { RunType } from './Run.js'
import { RunFilterInput } from './RunFilter.js'
import { MAXIMUM_ORDERS, RunOrder, readListInput } from './RunList.js'

const MAXIMUM_PAGE = 500
/** The connection multiplies by its length already. */
const perRun = { field: 1, multiplier: 1 }

export const RankingType = builder.objectRef<Ranking>('RunRanking').implement({
  description:
    'Whether runs can be ranked by a metric: only those of one objective, data set, choice of examples, corruption and bound on a likelihood can, as far as these matter for it.',
  fields: (t) => ({
    key: t.exposeString('key'),
    isComparable: t.exposeBoolean('isComparable'),
    ...kindCounts(t, { runs: 'the runs that have it', otherwise: '1' }),
  }),
})

const describedCursor =
  'Where the run stands: of two in one list, the lesser text is of the run that comes first. It is another once the run has moved.'

const RunEdge = builder.objectRef<RunPage['edges'][number]>('RunEdge').implement({
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: describedCursor }),
    node: t.field({ type: RunType, resolve: ({ node }) => node }),
  }),
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
    ranking: t.field({
      type: RankingType,
      nullable: true,
      description:
        'Whether the runs that match can be ranked by what they are ordered by first; null where that is no metric with a better way.',
      resolve: ({ ranking }) => ranking(),
    }),
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
      orderBy: t.arg({
        type: [RunOrder],
        description: `At most ${MAXIMUM_ORDERS}, the first counts most. Runs without the value come last in either direction; texts count by their first ${SORTED_LENGTH} characters, a key that is named again not at all.`,
      }),
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
        ...readListInput({ filter, orderBy }),
      })
    },
  }),
}))
