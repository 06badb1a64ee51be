import { type Analysis, completeRunConfig, createDecoder, createEncoder, presets, type SubjectMetrics } from '@hourglass/autoencoders'
import { analyze, metricsOf } from './analyze.js'
import { type TrainedRun, trainRun } from './trainRun.js'

type Subject = Analysis['subjects'][number]['subject']

export interface QuickRun {
  readonly label: string
  readonly run: TrainedRun
  readonly analysis: Analysis
  /** Takes a number that must have been measured, of the model unless of another subject. */
  measured(metric: keyof SubjectMetrics, subject?: Subject): number
}

/** The runs of a preset's quick version, trained and measured. */
export interface QuickRuns {
  readonly all: readonly QuickRun[]
  of(label: string): QuickRun
}

/** Presets of which more is to be seen than reconstructions and the encoder. */
const measuredWhole: readonly string[] = [
  'pca-plane',
  'linear-sweep',
  'deep-2d',
  'two-moons',
  'inpainting',
  'features',
  'clustering',
  'compression',
]
const reconstructionLimits = { structuralSimilarity: 400, noise: 500 }

/** Trains and measures the quick version of a preset. */
export async function measureQuickRuns(presetId: string): Promise<QuickRuns> {
  const preset = presets.find(({ id }) => id === presetId)
  if (!preset) throw new Error(`expected one of ${presets.map(({ id }) => id).join(', ')}, got ${presetId}`)
  const all: QuickRun[] = []
  for (const { label, config } of preset.quickRuns) {
    const run = await trainRun(completeRunConfig(config))
    const analysis = await analyze(run, reconstructionLimits, { isWhole: measuredWhole.includes(presetId) })
    const measured = (metric: keyof SubjectMetrics, subject: Subject = 'MODEL') => {
      const value = metricsOf(analysis, subject)[metric]
      if (value === null) throw new Error(`expected the ${metric} of ${subject} in ${label}, got none`)
      return value
    }
    all.push({ label, run, analysis, measured })
  }
  const of = (label: string) => {
    const run = all.find((each) => each.label === label)
    if (!run) throw new Error(`expected one of ${all.map((each) => each.label).join(', ')}, got ${label}`)
    return run
  }
  return { all, of }
}

/** Encodes and decodes examples [n, values of one example] with a trained run. */
export async function reconstruct({ run }: QuickRun, examples: Float32Array, exampleShape: readonly number[]): Promise<Float32Array> {
  const model = { config: run.config.architecture, exampleShape, parameters: run.parameters }
  const [encoder, decoder] = [await createEncoder(model), await createDecoder(model)]
  const count = examples.length / exampleShape.reduce((product, side) => product * side, 1)
  const reconstructions = decoder.decode(encoder.encode(examples, count), count)
  encoder.dispose()
  decoder.dispose()
  return reconstructions
}
