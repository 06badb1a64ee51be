import { judgeExperiment, type Verdict, verdictKinds } from '@hourglass/autoencoders/claims'
import { readRunFacts } from '../../experiments/readRunFacts.js'
import { runsOfLaunch } from '../../experiments/runsOfLaunch.js'
import { builder } from './builder.js'
import { ExperimentType } from './Experiment.js'
import { enumValues } from './enumValues.js'

/** Judging reads the analyses of all runs. */
const COST_OF_JUDGING = 500

const descriptions: Readonly<Record<Verdict['kind'], string>> = {
  HOLDS: 'For each case, and each was judged.',
  HOLDS_FOR_SOME: 'For some of the cases; the others do not hold, or cannot be judged.',
  DOES_NOT_HOLD: 'For no case that was judged.',
  NOT_JUDGED: 'Runs are awaited, or missing, or nothing was measured that tells.',
}

const VerdictKindType = builder.enumType('VerdictKind', {
  description: 'What became of a claim.',
  values: enumValues(verdictKinds, descriptions),
})

const VerdictType = builder.objectRef<Verdict>('Verdict').implement({
  description: 'What became of something that an experiment of the chapter leads one to expect, worked out of its runs as they are.',
  fields: (t) => ({
    claim: t.exposeString('claim', { description: 'Names it among the claims of its experiment.' }),
    expectation: t.exposeString('expectation', { description: 'What is expected, in one sentence.' }),
    kind: t.field({ type: VerdictKindType, resolve: ({ kind }) => kind }),
    sentence: t.exposeString('sentence', { description: 'What was found, in numbers.' }),
    cases: t.exposeInt('cases', { description: 'Runs, or comparisons of runs, that it is judged by.' }),
    judged: t.exposeInt('judged', { description: 'How many of these could be judged.' }),
    held: t.exposeInt('held', { description: 'For how many of these it holds.' }),
    runIds: t.idList({ description: 'The runs that it rests on.', resolve: ({ runs }) => [...runs] }),
    awaitedRunIds: t.idList({ description: 'Runs that are still to end before it can be judged.', resolve: ({ awaited }) => [...awaited] }),
  }),
})

builder.objectField(ExperimentType, 'verdicts', (t) =>
  t.field({
    type: [VerdictType],
    description:
      'A verdict on each claim of its preset, by the runs that it was launched with and by those added that repeat their settings with other seeds; none where it repeats no preset.',
    complexity: { field: COST_OF_JUDGING, multiplier: 1 },
    resolve: async ({ id, presetId, addedFrom }, _, { loaders, work }) => {
      if (presetId === null) return []
      const runs = runsOfLaunch((await loaders.experimentRuns.load(id)).runs, addedFrom)
      const facts = await Promise.all(
        runs.map(async (run) => {
          const analysis = run.analyzedAt === null ? null : await loaders.analysis.load(run.number)
          return work.do(() => readRunFacts({ run, analysis }))
        }),
      )
      return [...judgeExperiment(presetId, facts.flat())]
    },
  }),
)
