import { type Preset, presets, USUAL_ETA } from '@hourglass/autoencoders'
import {
  deleteExperiments,
  purgeExperiments,
  restoreExperiments,
  resumeExperiment,
  stopExperiment,
} from '../../experiments/controlExperiment.js'
import type { ExperimentProgress } from '../../experiments/ExperimentProgressReader.js'
import { launchExperiment } from '../../experiments/launchExperiment.js'
import { MAXIMUM_RUNS } from '../../experiments/maximumRuns.js'
import type { Experiment, Run } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { checkName } from '../../runs/runNames.js'
import { builder } from './builder.js'
import { RunConfigInputType, readConfigInput } from './configTypes.js'
import { HalvingInput } from './HalvingInput.js'
import { ExperimentFigureType, PresetType } from './Preset.js'
import { RunType } from './Run.js'
import { SeedsInputType } from './SeedsInput.js'

/** Experiments that one request may delete; SQLite takes no endless lists. */
const MAXIMUM_DELETED = 100
const usualFigure: Preset['figure'] = 'reconstructions'

const StatusCountsType = builder.objectRef<readonly Run[]>('StatusCounts').implement({
  description: 'How many runs there are in each status.',
  fields: (t) => {
    const count = (status: Run['status']) => t.int({ resolve: (runs) => runs.filter((run) => run.status === status).length })
    return {
      total: t.int({ resolve: (runs) => runs.length }),
      queued: count('QUEUED'),
      running: count('RUNNING'),
      stopped: count('STOPPED'),
      completed: count('COMPLETED'),
      failed: count('FAILED'),
    }
  },
})

const ExperimentProgressType = builder.objectRef<ExperimentProgress>('ExperimentProgress').implement({
  description: 'How far the runs of an experiment are together.',
  fields: (t) => ({
    epochs: t.exposeInt('epochs', { description: 'Epochs that were asked for, of all runs.' }),
    epochsCompleted: t.exposeInt('epochsCompleted'),
    fraction: t.exposeFloat('fraction', {
      description:
        'From 0 to 1; runs count by the work of their configurations, and the epoch that is being trained by its steps. Falls only where work is lost.',
    }),
    secondsLeft: t.exposeFloat('secondsLeft', {
      nullable: true,
      description:
        'Until no run is active, each stage of each run as long as that stage took in runs like it; null while nothing is known that tells, 0 when none is active.',
    }),
  }),
})

export const ExperimentType = builder.objectRef<Experiment>('Experiment')

ExperimentType.implement({
  description: 'Runs that are seen together: an experiment of the chapter, a sweep, or runs that somebody put together.',
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeInt('number', { description: 'Counts experiments from 1 in order of launch. Never given twice.' }),
    name: t.exposeString('name'),
    preset: t.field({
      type: PresetType,
      nullable: true,
      description: 'The experiment of the chapter that it repeats; null for others.',
      resolve: ({ presetId }) => findPreset(presetId) ?? null,
    }),
    quick: t.exposeBoolean('quick', { description: 'Whether it is the preset’s quick version.' }),
    figure: t.field({ type: ExperimentFigureType, resolve: ({ presetId }) => findPreset(presetId)?.figure ?? usualFigure }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was moved to the trash; null where it is not there.',
    }),
    purgeAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From when on it is deleted for good; null where it is not in the trash.',
      resolve: ({ deletedAt }, _, { lab }) => deletedAt && lab.trash.dueAt(deletedAt),
    }),
    runs: t.field({
      type: [RunType],
      description: 'Its runs in order, without those that were deleted.',
      complexity: { field: 1, multiplier: MAXIMUM_RUNS / 2 },
      resolve: async ({ id }, _, { loaders }) => [...(await loaders.experimentRuns.load(id)).runs],
    }),
    runNumbers: t.intList({
      description: 'Numbers of its runs, in order: whoever reads `runs` knows by these when others belong to it.',
      resolve: async ({ id }, _, { loaders }) => (await loaders.experimentRuns.load(id)).runs.map(({ number }) => number),
    }),
    revision: t.int({
      description:
        'Grows with everything that happens in the lab: of two answers the one with the higher number is the newer one, however they came.',
      resolve: async ({ id }, _, { loaders }) => (await loaders.experimentRuns.load(id)).seq,
    }),
    statusCounts: t.field({
      type: StatusCountsType,
      resolve: async ({ id }, _, { loaders }) => (await loaders.experimentRuns.load(id)).runs,
    }),
    progress: t.field({
      type: ExperimentProgressType,
      resolve: async ({ id }, _, { lab, loaders }) => lab.experimentProgress.read(id, (await loaders.experimentRuns.load(id)).runs),
    }),
  }),
})

builder.objectField(RunType, 'experiment', (t) =>
  t.field({
    type: ExperimentType,
    nullable: true,
    description: 'The experiment that it belongs to; null for a run of its own.',
    resolve: ({ experimentId }, _, { loaders }) => (experimentId === null ? null : loaders.experiment.load(experimentId)),
  }),
)

export const ExperimentRunInput = builder.inputType('ExperimentRunInput', {
  fields: (t) => ({
    label: t.string({ required: true, description: 'What tells it from the experiment’s other runs, for example `z = 32`.' }),
    config: t.field({ type: RunConfigInputType, required: true }),
  }),
})

const LaunchExperimentInput = builder.inputType('LaunchExperimentInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    runs: t.field({ type: [ExperimentRunInput], required: true, description: `1 to ${MAXIMUM_RUNS}, with their seeds.` }),
    seeds: t.field({ type: SeedsInputType, description: 'Without it each run has the seed of its configuration.' }),
    search: t.field({
      type: HalvingInput,
      description:
        'Searches for the best of the runs, which all minimize the same on the same examples; without it all are trained in full.',
    }),
  }),
})

const UpdateExperimentInput = builder.inputType('UpdateExperimentInput', { fields: (t) => ({ name: t.string() }) })

builder.queryFields((t) => ({
  chapterExperiments: t.field({
    type: [ExperimentType],
    description:
      'What this lab has of the chapter: of each of its experiments, and of the quick version, the one that was launched last and is not in the trash; the newest first.',
    complexity: { field: 1, multiplier: presets.length },
    resolve: (_, __, { lab }) => lab.experiments.newestOfPresets(),
  }),
  experiment: t.field({
    type: ExperimentType,
    description: 'One experiment. Fails with EXPERIMENT_NOT_FOUND where there is none, or it is in the trash.',
    args: {
      id: t.arg.id({ required: true }),
      inTrash: t.arg.boolean({ defaultValue: false, description: 'Whether one in the trash will do.' }),
    },
    resolve: (_, { id, inTrash }, { lab }) => (inTrash ? lab.experiments.requireStored(id) : lab.experiments.requireExperiment(id)),
  }),
}))

builder.mutationFields((t) => ({
  launchExperiment: t.field({
    type: ExperimentType,
    description:
      'Queues all runs of an experiment, or none. Fails with INVALID_CONFIG (paths begin with `runs`), DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE, TOO_MANY_REQUESTS or, for names, labels and number of runs and for what cannot be searched, BAD_USER_INPUT.',
    args: { input: t.arg({ type: LaunchExperimentInput, required: true }) },
    resolve: async (_, { input: { name, runs, seeds, search } }, { lab, client }) => {
      const { experiment } = await launchExperiment(lab, {
        name,
        onlyRunName: name.trim(),
        client,
        seeds,
        search: search ? { firstEpochs: search.firstEpochs, eta: search.eta ?? USUAL_ETA } : undefined,
        runs: runs.map(({ label, config }) => ({ label, config: readConfigInput(config) })),
      })
      return experiment
    },
  }),
  stopExperiment: t.field({
    type: ExperimentType,
    description:
      'Stops all active runs of an experiment, and its search where that runs. Fails with EXPERIMENT_NOT_ACTIVE where neither is.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => stopExperiment(lab, id),
  }),
  resumeExperiment: t.field({
    type: ExperimentType,
    description:
      'Queues every STOPPED or FAILED run of an experiment again, but those that its search went on without, and lets a search go on that was stopped. Fails with EXPERIMENT_NOT_RESUMABLE where there is neither.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => resumeExperiment(lab, id),
  }),
  updateExperiment: t.field({
    type: ExperimentType,
    args: { id: t.arg.id({ required: true }), input: t.arg({ type: UpdateExperimentInput, required: true }) },
    resolve: (_, { id, input: { name } }, { lab }) =>
      name === null || name === undefined ? lab.experiments.requireExperiment(id) : lab.experimentRecorder.rename(id, checkName(name)),
  }),
  deleteExperiments: t.field({
    type: ['ID'],
    description:
      'Moves experiments to the trash with all their runs, active ones too, which are stopped. Fails with EXPERIMENT_NOT_FOUND, and moves nothing, where one is missing.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: async (_, { ids }, { lab }) => {
      const distinct = distinctIds(ids)
      await deleteExperiments(lab, distinct)
      return distinct
    },
  }),
  restoreExperiments: t.field({
    type: ['ID'],
    description: 'Takes experiments out of the trash with the runs that went there with them. Fails with EXPERIMENT_NOT_FOUND.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: async (_, { ids }, { lab }) => {
      const distinct = distinctIds(ids)
      await restoreExperiments(lab, distinct)
      return distinct
    },
  }),
  purgeExperiments: t.float({
    description:
      'Deletes experiments for good, in the trash or not, with all their runs and files; gives how many bytes of files that gives back. Fails with EXPERIMENT_NOT_FOUND.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }, { lab }) => purgeExperiments(lab, distinctIds(ids)),
  }),
}))

function distinctIds(ids: readonly string[]): readonly string[] {
  const distinct = [...new Set(ids)]
  if (distinct.length <= MAXIMUM_DELETED) return distinct
  throw new HourglassError(errorCodes.badUserInput, `ids: expected at most ${MAXIMUM_DELETED}, got ${distinct.length}.`)
}

function findPreset(id: string | null): Preset | undefined {
  return presets.find((preset) => preset.id === id)
}
