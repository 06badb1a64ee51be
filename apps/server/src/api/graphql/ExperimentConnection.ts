import { type ExperimentPage, readExperimentPage } from '../../experiments/readExperimentPage.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { builder } from './builder.js'
import { ExperimentType } from './Experiment.js'
import { PageInfoType } from './PageInfo.js'

const MAXIMUM_PAGE = 100
/** The connection multiplies by its length already. */
const perExperiment = { field: 1, multiplier: 1 }

const ExperimentEdge = builder.objectRef<ExperimentPage['edges'][number]>('ExperimentEdge').implement({
  fields: (t) => ({ cursor: t.exposeString('cursor'), node: t.field({ type: ExperimentType, resolve: ({ node }) => node }) }),
})

const ExperimentConnection = builder.objectRef<ExperimentPage>('ExperimentConnection').implement({
  fields: (t) => ({
    edges: t.field({ type: [ExperimentEdge], complexity: perExperiment, resolve: ({ edges }) => [...edges] }),
    nodes: t.field({ type: [ExperimentType], complexity: perExperiment, resolve: ({ edges }) => edges.map(({ node }) => node) }),
    pageInfo: t.field({ type: PageInfoType, resolve: (page) => page }),
    lastSeq: t.int({
      description: 'Newest event before the page was read: `experimentsChanged(after)` from there on misses nothing.',
      resolve: ({ lastSeq }) => lastSeq,
    }),
    totalCount: t.int({ description: 'Experiments that match.', resolve: ({ count }) => count() }),
  }),
})

builder.queryFields((t) => ({
  experiments: t.field({
    type: ExperimentConnection,
    description: `Experiments, at most ${MAXIMUM_PAGE} at a time, the newest first.`,
    args: {
      first: t.arg.int({ defaultValue: 20 }),
      after: t.arg.string({ description: 'Cursor of the last experiment before this page.' }),
      search: t.arg.string({ description: 'Part of the name, in any case.' }),
      inTrash: t.arg.boolean({ defaultValue: false, description: 'Those in the trash, in place of the others.' }),
    },
    complexity: ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first ?? 20, 1), MAXIMUM_PAGE) }),
    resolve: (_, { first, after, search, inTrash }, { lab }) => {
      const size = first ?? 20
      if (size < 1 || size > MAXIMUM_PAGE) {
        throw new HourglassError(errorCodes.badUserInput, `first: expected 1 to ${MAXIMUM_PAGE}, got ${size}.`)
      }
      return readExperimentPage(lab.database.read, {
        first: size,
        after: after ?? undefined,
        search: search ?? undefined,
        isDeleted: inTrash ?? false,
      })
    },
  }),
}))
