import { epochsOfRungs } from '@hourglass/autoencoders'
import {
  type RungOutcome,
  type RungResult,
  readSearch,
  rungOutcomes,
  runsOfRung,
  type Search,
  type SearchStatus,
  searchStatuses,
} from '../../experiments/searchFormat.js'
import { builder } from './builder.js'
import { ExperimentType } from './Experiment.js'
import { enumValues } from './enumValues.js'

interface ReadSearch {
  readonly experimentId: string
  readonly status: SearchStatus
  readonly search: Search
}

interface RungView {
  readonly epochs: number
  /** How many runs are planned for it; once it has begun, how many there are. */
  readonly runs: number
  readonly runIds: readonly string[]
  readonly results: readonly RungResult[] | null
}

const statusDescriptions: Readonly<Record<SearchStatus, string>> = {
  RUNNING: 'Runs of a rung wait or train.',
  STOPPED: 'Somebody stopped it; `resumeExperiment` lets it go on.',
  COMPLETED: 'The last rung is decided, or no run was left to go on.',
}

const SearchStatusType = builder.enumType('SearchStatus', {
  values: enumValues(searchStatuses, statusDescriptions),
})

const outcomeDescriptions: Readonly<Record<RungOutcome, string>> = {
  kept: 'One of the best of its rung: it goes on.',
  dropped: 'Others of its rung were better: it gets no more epochs.',
  finished: 'It was trained to the end.',
  failed: 'It failed, or has no finite validation loss.',
  stopped: 'It was stopped before the end of the rung.',
  deleted: 'It was deleted before the end of the rung.',
}

const RungOutcomeType = builder.enumType('RungOutcome', {
  description: 'What became of a run at the end of a rung.',
  values: enumValues(rungOutcomes, outcomeDescriptions),
})

const RungResultType = builder.objectRef<RungResult>('RungResult').implement({
  description: 'How a run stood at the end of a rung.',
  fields: (t) => ({
    runId: t.id({ resolve: ({ id }) => id }),
    validationLoss: t.float({
      nullable: true,
      description: 'After the last epoch of the rung; null where the run did not get there.',
      resolve: ({ loss }) => loss,
    }),
    outcome: t.field({ type: RungOutcomeType, resolve: ({ outcome }) => outcome }),
  }),
})

const HalvingRungType = builder.objectRef<RungView>('HalvingRung').implement({
  description: 'One round of a search: its runs are trained up to so many epochs in all, and the best of them go on.',
  fields: (t) => ({
    epochs: t.exposeInt('epochs', { description: 'Of each run, with those of the rungs before.' }),
    runs: t.exposeInt('runs', { description: 'How many runs it has, or is planned to have.' }),
    runIds: t.idList({ description: 'Its runs, once it has begun.', resolve: ({ runIds }) => [...runIds] }),
    results: t.field({
      type: [RungResultType],
      nullable: true,
      description: 'What was decided at its end, the best run first; null before.',
      complexity: { field: 1, multiplier: 20 },
      resolve: ({ results }) => results && [...results],
    }),
  }),
})

const HalvingSearchType = builder.objectRef<ReadSearch>('HalvingSearch').implement({
  description:
    'A search by successive halving: all runs are trained for few epochs, and the best of them, by their validation losses, for more and more.',
  fields: (t) => ({
    status: t.field({ type: SearchStatusType, resolve: ({ status }) => status }),
    eta: t.int({ description: 'Of so many runs one goes on, with so many times the epochs.', resolve: ({ search }) => search.eta }),
    epochsPlanned: t.int({
      description:
        'Epochs that it comes to in all, where no run fails; training all runs in full would take `runs` times those of the last rung.',
      resolve: ({ search }) => epochsOfRungs(search.rungs),
    }),
    epochsUsed: t.int({
      description: 'Epochs that its runs have completed.',
      resolve: async ({ experimentId, search }, _, { loaders }) => {
        const members = new Set(search.runs)
        const { runs } = await loaders.experimentRuns.load(experimentId)
        return runs.reduce((sum, { id, epochsCompleted }) => sum + (members.has(id) ? epochsCompleted : 0), 0)
      },
    }),
    rungs: t.field({
      type: [HalvingRungType],
      complexity: { field: 1, multiplier: 8 },
      resolve: ({ search }) => search.rungs.map((_, index) => viewRung(search, index)),
    }),
  }),
})

builder.objectField(ExperimentType, 'search', (t) =>
  t.field({
    type: HalvingSearchType,
    nullable: true,
    description:
      'How the best of its runs is searched for; null where all are trained in full, and where `searchProblem` says why it cannot be read.',
    resolve: ({ id, search, searchStatus }) => {
      const read = search === null ? null : readSearch(search)
      const status = searchStatuses.find((known) => known === searchStatus)
      return read && status && 'value' in read ? { experimentId: id, status, search: read.value } : null
    },
  }),
)

builder.objectField(ExperimentType, 'searchProblem', (t) =>
  t.string({
    nullable: true,
    description: 'Why this version cannot read its search; null where it can, or there is none.',
    resolve: ({ search }) => {
      const read = search === null ? null : readSearch(search)
      return read && 'problem' in read ? read.problem : null
    },
  }),
)

function viewRung(search: Search, index: number): RungView {
  const rung = search.rungs[index]
  const results = search.decided[index]?.results ?? null
  const hasBegun = index <= search.decided.length
  const runIds = hasBegun ? runsOfRung({ ...search, decided: search.decided.slice(0, index) }) : []
  return { epochs: rung?.epochs ?? 0, runs: hasBegun ? runIds.length : (rung?.runs ?? 0), runIds, results }
}
