import { addToExperiment, type ExperimentAddition, groupRuns } from '../../experiments/addToExperiment.js'
import { takeOutOfExperiment } from '../../experiments/controlExperiment.js'
import { MAXIMUM_RUNS } from '../../experiments/maximumRuns.js'
import { selectRuns } from '../../runs/selectRuns.js'
import { builder } from './builder.js'
import { readConfigInput } from './configTypes.js'
import { ExperimentRunInput, ExperimentType } from './Experiment.js'
import { RunSelectionInput, readSelection } from './selectionOperations.js'

const ExperimentAdditionInput = builder.inputType('ExperimentAddition', {
  description: 'What an experiment is to have besides.',
  isOneOf: true,
  fields: (t) => ({
    runs: t.field({ type: [ExperimentRunInput], description: 'These runs.' }),
    seeds: t.int({
      description:
        'So many seeds more of each of its settings, the smallest that none of its runs has; of settings that were trained from initial weights.',
    }),
  }),
})

function readAddition({ runs, seeds }: typeof ExperimentAdditionInput.$inferInput): ExperimentAddition {
  return runs ? { runs: runs.map(({ label, config }) => ({ label, config: readConfigInput(config) })) } : { seeds: seeds ?? 0 }
}

builder.mutationFields((t) => ({
  addToExperiment: t.field({
    type: ExperimentType,
    description: `Queues more runs of an experiment, or none; it may have ${MAXIMUM_RUNS} in all. Fails as launchExperiment does, and with EXPERIMENT_NOT_FOUND.`,
    args: { id: t.arg.id({ required: true }), added: t.arg({ type: ExperimentAdditionInput, required: true }) },
    resolve: (_, { id, added }, { lab, client }) => addToExperiment(lab, id, { ...readAddition(added), client }),
  }),
  groupRuns: t.field({
    type: ExperimentType,
    description: `Makes an experiment of 1 to ${MAXIMUM_RUNS} runs that belong to none; each is labelled with its name. Fails with RUN_NOT_FOUND, RUN_IN_EXPERIMENT (\`ids\` names those of other experiments) or BAD_USER_INPUT.`,
    args: { runs: t.arg({ type: RunSelectionInput, required: true }), name: t.arg.string({ required: true }) },
    resolve: async (_, { runs, name }, { lab }) => groupRuns(lab, await selectRuns(lab.database.read, readSelection(runs)), name),
  }),
  takeOutOfExperiment: t.field({
    type: ExperimentType,
    description:
      'Makes runs of an experiment runs of their own, or none of them; they keep everything but their labels, and train on where they do. The experiment is judged by the runs that it has left. Fails with EXPERIMENT_NOT_FOUND, RUN_NOT_FOUND, RUN_NOT_IN_EXPERIMENT or, for runs that its search compares, RUN_IN_SEARCH; `ids` names the runs.',
    args: { id: t.arg.id({ required: true }), runs: t.arg({ type: RunSelectionInput, required: true }) },
    resolve: async (_, { id, runs }, { lab }) => takeOutOfExperiment(lab, id, await selectRuns(lab.database.read, readSelection(runs))),
  }),
}))
