import { completeRunConfig, type PresetRun, presets, type RunConfig } from '@hourglass/autoencoders'

/**
 * Whether the chapter is trained in full, on all images with its own settings (`npm run science`), or on fewer images for fewer epochs, which shows
 * the same direction in seconds.
 */
export const isFull = process.env.HOURGLASS_SCIENCE === 'full'

export interface Reduction {
  readonly trainCount: number
  readonly testCount?: number
  readonly epochs: number
  /** Labels of the runs that are kept. @default all */
  readonly labels?: readonly string[]
}

export interface ScaledRun {
  readonly label: string
  readonly config: RunConfig
}

/** The lecture's own split: nothing is held out, so that test examples are scored after the last epoch. */
const lectureSplit = { validationCount: 0, selection: 'first' } as const

/** Takes the runs of a preset as they are, or reduced, on the lecture's own split. */
export function runsOf(presetId: string, { trainCount, testCount = 1000, epochs, labels }: Reduction): readonly ScaledRun[] {
  const preset = presets.find(({ id }) => id === presetId)
  if (!preset) throw new Error(`expected one of ${presets.map(({ id }) => id).join(', ')}, got ${presetId}`)
  if (isFull) return preset.runs.map(complete)
  return preset.runs
    .filter(({ label }) => !labels || labels.includes(label))
    .map(complete)
    .map(({ label, config }) => ({
      label,
      config: {
        ...config,
        data: { ...config.data, trainCount: Math.min(trainCount, config.data.trainCount ?? trainCount), testCount },
        training: { ...config.training, epochs: Math.min(epochs, config.training.epochs) },
      },
    }))
}

const complete = ({ label, config }: PresetRun): ScaledRun => ({
  label,
  config: completeRunConfig({ ...config, data: { ...config.data, ...lectureSplit } }),
})
