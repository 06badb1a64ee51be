import { completeRunConfig, type Preset, presets } from '@hourglass/autoencoders'
import { checkConfig, invalidConfig } from '../../runs/launchRun.js'
import { builder } from './builder.js'
import { RunConfigInputType, readConfigInput } from './configTypes.js'

interface PresetEstimate {
  readonly id: string
  readonly seconds: number | null
  readonly quickSeconds: number | null
}

const PresetEstimateType = builder.objectRef<PresetEstimate>('PresetEstimate').implement({
  description:
    'How long an experiment of the chapter will take on this machine when it has it to itself; null where that cannot be estimated.',
  fields: (t) => ({
    id: t.exposeID('id'),
    seconds: t.exposeFloat('seconds', { nullable: true, description: 'Of all its runs, one after another, in full.' }),
    quickSeconds: t.exposeFloat('quickSeconds', { nullable: true, description: 'The same of the quick version.' }),
  }),
})

builder.queryFields((t) => ({
  presetEstimates: t.field({
    type: [PresetEstimateType],
    description:
      'How long each preset will take here, from the operations of its compiled steps and a short measurement of this machine, which takes place while no run trains (`lab.speed`). The first request takes up to a minute; later ones read what was kept.',
    resolve: async (_, __, { lab }) => {
      const runs = presets.flatMap((preset) => [...preset.runs, ...preset.quickRuns])
      const seconds = await lab.estimates.estimate(runs.map(({ config }) => completeRunConfig(config)))
      let next = 0
      const take = ({ length }: Preset['runs']) => {
        const taken = seconds.slice(next, next + length)
        next += length
        return total(taken)
      }
      return presets.map(({ id, runs, quickRuns }) => ({ id, seconds: take(runs), quickSeconds: take(quickRuns) }))
    },
  }),
  runEstimate: t.float({
    nullable: true,
    description:
      'Seconds that a run would take on this machine when it has it to itself; null for engines that are not measured. Fails with INVALID_CONFIG as launchRun does.',
    args: { config: t.arg({ type: RunConfigInputType, required: true }) },
    resolve: async (_, { config: input }, { lab }) => {
      const result = checkConfig(readConfigInput(input))
      if ('issues' in result) throw invalidConfig(result.issues)
      const [seconds] = await lab.estimates.estimate([result.config])
      return seconds ?? null
    },
  }),
}))

function total(seconds: readonly (number | null)[]): number | null {
  return seconds.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0)
}
