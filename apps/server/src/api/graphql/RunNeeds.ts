import { completeRunConfig, type RunConfig } from '@hourglass/autoencoders'
import { runNeeds } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import { presetRuns } from '../../experiments/launchExperiment.js'
import { MAXIMUM_RUNS } from '../../experiments/maximumRuns.js'
import type { Settings } from '../../Settings.js'
import { keptBytes } from '../../storage/keptBytes.js'
import { builder } from './builder.js'
import { RunConfigInputType } from './configTypes.js'
import { PresetType } from './Preset.js'
import { requireConfig, requireConfigs } from './requireConfigs.js'

interface Needs {
  readonly memoryBytes: number
  readonly diskBytes: number
}

const RunNeedsType = builder.objectRef<Needs>('RunNeeds').implement({
  description: 'What runs will need, counted from their configurations alone.',
  fields: (t) => ({
    memoryBytes: t.exposeFloat('memoryBytes', {
      description: 'Memory of the process that trains and measures it, about; of several runs, which follow each other, of the largest.',
    }),
    memoryLimitBytes: t.float({
      description: 'What one run may take here: one that needs more is refused with RUN_TOO_LARGE, one that takes more is ended.',
      resolve: (_, __, { lab }) => lab.memory.runBytes,
    }),
    diskBytes: t.exposeFloat('diskBytes', { description: 'Of all their files that are kept, but the figures of their analyses.' }),
  }),
})

builder.objectField(PresetType, 'needs', (t) =>
  t.field({
    type: RunNeedsType,
    description: 'What its runs will need.',
    args: { quick: t.arg.boolean({ defaultValue: false }) },
    complexity: { field: 20 },
    resolve: (preset, { quick }, { lab }) =>
      needsOf(
        lab.settings,
        presetRuns(preset, quick ?? false).map(({ config }) => completeRunConfig(config)),
      ),
  }),
)

builder.queryFields((t) => ({
  runNeeds: t.field({
    type: RunNeedsType,
    description: 'What a run would need. Fails with INVALID_CONFIG as launchRun does.',
    args: { config: t.arg({ type: RunConfigInputType, required: true }) },
    complexity: { field: 20 },
    resolve: (_, { config }, { lab, work }) => work.do(() => needsOf(lab.settings, [requireConfig(config)])),
  }),
  experimentNeeds: t.field({
    type: RunNeedsType,
    description: `What the 1 to ${MAXIMUM_RUNS} runs of an experiment would need. Fails with INVALID_CONFIG, or with BAD_USER_INPUT for their number.`,
    args: { configs: t.arg({ type: [RunConfigInputType], required: true }) },
    complexity: { field: 500 },
    resolve: (_, { configs }, { lab, work }) => work.do(() => needsOf(lab.settings, requireConfigs(configs))),
  }),
}))

function needsOf({ retentionBytes, retentionEpochs }: Settings, configs: readonly RunConfig[]): Needs {
  const retention = { bytes: retentionBytes, epochs: retentionEpochs }
  const needs = configs.map((config) => {
    const counted = runNeeds(config, datasetCatalog[config.data.dataset])
    return { ...counted, fileBytes: keptBytes(counted, { epochs: config.training.epochs, retention }) }
  })
  return {
    memoryBytes: Math.max(...needs.map(({ memoryBytes }) => memoryBytes)),
    diskBytes: needs.reduce((sum, { fileBytes }) => sum + fileBytes, 0),
  }
}
