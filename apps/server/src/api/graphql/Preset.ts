import { completeRunConfig, type Preset, type PresetRun, presetFigures, presets, toConstantCase } from '@hourglass/autoencoders'
import { launchPreset, presetRuns } from '../../experiments/launchExperiment.js'
import { builder } from './builder.js'
import { RunConfigType, writeConfig } from './configTypes.js'
import { RunType } from './Run.js'

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

export const PresetType = builder.objectRef<Preset>('Preset').implement({
  description: 'An experiment of the chapter.',
  fields: (t) => ({
    id: t.exposeID('id'),
    title: t.exposeString('title'),
    section: t.exposeString('section', { description: 'Part of the chapter.' }),
    description: t.exposeString('description', { description: 'One sentence: what is done.' }),
    lookFor: t.exposeString('lookFor', { description: 'What to look for in the result.' }),
    figure: t.field({ type: ExperimentFigureType, resolve: ({ figure }) => figure }),
    config: t.field({
      type: RunConfigType,
      description: 'Configuration of its first run, in full.',
      resolve: ({ runs }) => writeConfig(completeRunConfig(runs[0].config)),
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
  }),
})

builder.queryFields((t) => ({
  presets: t.field({ type: [PresetType], description: 'The chapter’s experiments.', resolve: () => [...presets] }),
}))

builder.mutationFields((t) => ({
  launchPreset: t.field({
    type: RunType,
    description:
      'Queues an experiment of the chapter and returns the first of its runs; `overrides` are for all of them. Fails as launchExperiment does, and with BAD_USER_INPUT for an unknown preset.',
    args: { id: t.arg.id({ required: true }), overrides: t.arg({ type: PresetOverrides }) },
    resolve: async (_, { id, overrides }, { lab }) => {
      const { runs } = await launchPreset(lab, id, overrides ?? {})
      const [first] = runs
      if (!first) throw new TypeError(`preset ${id}: expected runs, got none`)
      return first
    },
  }),
}))

function toSentence(fragment: string): string {
  return `${fragment.charAt(0).toUpperCase()}${fragment.slice(1)}.`
}
