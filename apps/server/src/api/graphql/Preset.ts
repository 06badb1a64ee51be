import {
  completeRunConfig,
  describeSchema,
  type Preset,
  type PresetRun,
  presets,
  type RunConfig,
  runConfigSchema,
  sweptSetting,
  toConstantCase,
} from '@hourglass/autoencoders'
import { presetFigures } from '@hourglass/autoencoders/measured'
import { launchPreset, presetRuns } from '../../experiments/launchExperiment.js'
import { builder } from './builder.js'
import { RunConfigType, writeConfig } from './configTypes.js'
import { RunType } from './Run.js'
import { SeedsInputType } from './SeedsInput.js'

export const ExperimentFigureType = builder.enumType('ExperimentFigure', {
  description: 'What an experiment shows of its runs.',
  values: Object.fromEntries(
    Object.entries(presetFigures).map(([figure, description]) => [
      toConstantCase(figure),
      { value: figure as Preset['figure'], description: toSentence(description) },
    ]),
  ),
})

const PresetRunType = builder.objectRef<PresetRun>('PresetRun').implement({
  description: 'One run of an experiment.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What tells it from the experiment’s other runs.' }),
    config: t.field({ type: RunConfigType, resolve: ({ config }) => writeConfig(completeRunConfig(config)) }),
  }),
})

const PresetDataType = builder.objectRef<RunConfig['data']>('PresetData').implement({
  description: 'What runs of an experiment train on.',
  fields: (t) => ({
    dataset: t.exposeID('dataset'),
    trainCount: t.exposeInt('trainCount', { nullable: true, description: 'How many of its training examples; null for all.' }),
  }),
})

/** What an experiment amounts to, without its configurations. */
interface PresetSize {
  readonly runs: number
  readonly epochs: readonly number[]
  readonly data: readonly RunConfig['data'][]
}

const PresetSizeType = builder.objectRef<PresetSize>('PresetSize').implement({
  description: 'What an experiment amounts to, without its configurations.',
  fields: (t) => ({
    runs: t.exposeInt('runs'),
    epochs: t.intList({ description: 'Lengths of its runs, each once, ascending.', resolve: ({ epochs }) => [...epochs] }),
    data: t.field({ type: [PresetDataType], description: 'Each once.', resolve: ({ data }) => [...data] }),
  }),
})

interface PresetSweep {
  readonly path: string
  readonly values: readonly number[]
}

const PresetSweepType = builder.objectRef<PresetSweep>('PresetSweep').implement({
  description: 'The one number in which the runs of an experiment differ.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'In the schema of configurations, `architecture.latentDimension`.' }),
    values: t.floatList({ description: 'Of each run, in order.', resolve: ({ values }) => [...values] }),
  }),
})

export const PresetType = builder.objectRef<Preset>('Preset').implement({
  description: 'An experiment of the chapter.',
  fields: (t) => ({
    id: t.exposeID('id'),
    title: t.exposeString('title'),
    section: t.exposeString('section', { description: 'Part of the chapter.' }),
    description: t.exposeString('description', { description: 'One sentence: what is done.' }),
    lookFor: t.exposeString('lookFor', { description: 'What to ask of the result.' }),
    figure: t.field({ type: ExperimentFigureType, resolve: ({ figure }) => figure }),
    config: t.field({
      type: RunConfigType,
      description: 'Configuration of its first run, in full.',
      resolve: ({ runs }) => writeConfig(completeRunConfig(runs[0].config)),
    }),
    size: t.field({
      type: PresetSizeType,
      args: { quick: t.arg.boolean({ defaultValue: false }) },
      resolve: (preset, { quick }) => sizeOf(presetRuns(preset, quick ?? false)),
    }),
    sweep: t.field({
      type: PresetSweepType,
      nullable: true,
      description: 'Null where its runs differ in more than one number, or in anything else.',
      resolve: sweepOf,
    }),
    runs: t.field({
      type: [PresetRunType],
      description: 'Its runs with the chapter’s own settings, or in a quick version that keeps the message.',
      args: { quick: t.arg.boolean({ defaultValue: false }) },
      resolve: (preset, { quick }) => [...presetRuns(preset, quick ?? false)],
    }),
  }),
})

const PresetOverrides = builder.inputType('PresetOverrides', {
  fields: (t) => ({
    name: t.string({ description: 'Name of the experiment, and of its run where it has only one.' }),
    quick: t.boolean({ description: 'Launches the quick version.' }),
    epochs: t.int(),
    trainCount: t.int(),
    seed: t.int(),
    seeds: t.field({ type: SeedsInputType, description: 'Trains each run with each of these seeds, in place of `seed`.' }),
  }),
})

builder.queryFields((t) => ({
  preset: t.field({
    type: PresetType,
    nullable: true,
    description: 'One of the chapter’s experiments; null where none has that id.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }) => presets.find((preset) => preset.id === id) ?? null,
  }),
  presets: t.field({ type: [PresetType], description: 'The chapter’s experiments.', resolve: () => [...presets] }),
}))

builder.mutationFields((t) => ({
  launchPreset: t.field({
    type: RunType,
    description:
      'Queues an experiment of the chapter and returns the first of its runs; `overrides` are for all of them. Fails as launchExperiment does, and with BAD_USER_INPUT for an unknown preset.',
    args: { id: t.arg.id({ required: true }), overrides: t.arg({ type: PresetOverrides }) },
    resolve: async (_, { id, overrides }, { lab, client }) => {
      const { runs } = await launchPreset(lab, id, { ...overrides, client })
      const [first] = runs
      if (!first) throw new TypeError(`preset ${id}: expected runs, got none`)
      return first
    },
  }),
}))

const configDescription = describeSchema(runConfigSchema)

function sizeOf(runs: Preset['runs']): PresetSize {
  const configs = runs.map(({ config }) => completeRunConfig(config))
  const data = new Map(configs.map((config) => [`${config.data.dataset} ${config.data.trainCount}`, config.data]))
  const epochs = [...new Set(configs.map(({ training }) => training.epochs))].sort((a, b) => a - b)
  return { runs: runs.length, epochs, data: [...data.values()] }
}

function sweepOf({ runs }: Preset): PresetSweep | null {
  const { path, places } = sweptSetting(
    configDescription,
    runs.map(({ label, config }) => ({ label, config: completeRunConfig(config) })),
  )
  return path === null ? null : { path, values: places }
}

function toSentence(fragment: string): string {
  return `${fragment.charAt(0).toUpperCase()}${fragment.slice(1)}.`
}
