import { completeRunConfig, type Preset, presets } from '@hourglass/autoencoders'
import { MAXIMUM_RUNS } from '../../experiments/maximumRuns.js'
import { builder } from './builder.js'
import { RunConfigInputType } from './configTypes.js'
import { requireConfig, requireConfigs } from './requireConfigs.js'

interface PresetEstimate {
  readonly id: string
  readonly seconds: number | null
  readonly quickSeconds: number | null
}

const PresetEstimateType = builder.objectRef<PresetEstimate>('PresetEstimate').implement({
  description: 'How long an experiment of the chapter will take on this machine; null while nothing is known that tells.',
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
      'How long each preset will take here, as long as runs like its own took; before any has been trained, from a short measurement that begins with the first request while no run trains.',
    complexity: { field: 5_000, multiplier: 1 },
    resolve: async (_, __, { lab, work }) => {
      const runs = presets.flatMap((preset) => [...preset.runs, ...preset.quickRuns])
      const seconds = await work.do(() => lab.estimator.seconds(runs.map(({ config }) => completeRunConfig(config))))
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
      'Seconds that a run would take on this machine, from its start to the end of its measurements; null while nothing is known that tells. Fails with INVALID_CONFIG as launchRun does.',
    args: { config: t.arg({ type: RunConfigInputType, required: true }) },
    complexity: { field: 500, multiplier: 1 },
    resolve: async (_, { config: input }, { lab, work }) => {
      const [seconds] = await work.do(() => lab.estimator.seconds([requireConfig(input)]))
      return seconds ?? null
    },
  }),
  experimentEstimate: t.float({
    nullable: true,
    description: `Seconds that the 1 to ${MAXIMUM_RUNS} runs of an experiment would take on this machine, at most as many at a time as it trains; null while nothing is known that tells. Fails with INVALID_CONFIG, or with BAD_USER_INPUT for their number.`,
    args: { configs: t.arg({ type: [RunConfigInputType], required: true }) },
    complexity: { field: 500, multiplier: 1 },
    resolve: async (_, { configs }, { lab, work }) => {
      const seconds = total(await work.do(() => lab.estimator.seconds(requireConfigs(configs))))
      return seconds === null ? null : seconds / Math.min(configs.length, lab.settings.maxRuns)
    },
  }),
}))

function total(seconds: readonly (number | null)[]): number | null {
  return seconds.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0)
}
