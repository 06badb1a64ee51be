import { completeRunConfig, type Preset, presets } from '@hourglass/autoencoders'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { launchRun } from '../launchRun.js'
import { builder } from './builder.js'
import { RunConfigType, writeConfig } from './configTypes.js'
import { RunType } from './Run.js'

const PresetType = builder.objectRef<Preset>('Preset').implement({
  description: 'A ready-made configuration.',
  fields: (t) => ({
    id: t.exposeID('id'),
    title: t.exposeString('title'),
    description: t.exposeString('description'),
    config: t.field({ type: RunConfigType, resolve: ({ config }) => writeConfig(completeRunConfig(config)) }),
  }),
})

const PresetOverrides = builder.inputType('PresetOverrides', {
  fields: (t) => ({ name: t.string(), epochs: t.int(), trainCount: t.int(), seed: t.int() }),
})

builder.queryFields((t) => ({
  presets: t.field({ type: [PresetType], description: 'Ready-made configurations from the chapter.', resolve: () => [...presets] }),
}))

builder.mutationFields((t) => ({
  launchPreset: t.field({
    type: RunType,
    description: 'Queues a ready-made configuration. Fails as launchRun does, and with BAD_USER_INPUT for an unknown preset.',
    args: { id: t.arg.id({ required: true }), overrides: t.arg({ type: PresetOverrides }) },
    resolve: (_, { id, overrides }, { lab }) => {
      const preset = presets.find((candidate) => candidate.id === id)
      if (!preset) {
        const known = presets.map((candidate) => candidate.id).join(', ')
        throw new HourglassError(errorCodes.badUserInput, `id: expected one of ${known}, got ${JSON.stringify(id)}.`)
      }
      const { name, epochs, trainCount, seed } = overrides ?? {}
      const { config } = preset
      const training = { ...config.training, ...given({ epochs, seed }) }
      return launchRun(lab, { name, config: { ...config, data: { ...config.data, ...given({ trainCount }) }, training } })
    },
  }),
}))

function given(values: Readonly<Record<string, number | null | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])))
}
