import { BatchGatherer, type Split } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { type QuickRun, type QuickRuns, reconstruct } from './quickRuns.js'

/** A number and the bounds that it must keep. */
export interface QuickCheck {
  readonly what: string
  readonly value: number
  readonly above?: number
  readonly below?: number
}

type Check = (runs: QuickRuns) => readonly QuickCheck[] | Promise<readonly QuickCheck[]>

/** What is to be seen beside the claims of a preset, as its analysis does not measure it. */
export const quickChecks: Readonly<Record<string, Check>> = {
  overcomplete: async ({ of }) => {
    const [digits, noise] = [of('learned on digits'), of('learned on pure noise')]
    const { test } = await loadDataset('mnist', digits.run.config.data)
    const images = firstExamples(test, 500)
    return [
      {
        what: 'learned on noise: error on digits',
        value: meanSquare(await reconstruct(noise, images, [28, 28]), images),
        below: 0.0005,
      },
    ]
  },
  'denoising-sweep': ({ all }) =>
    all.map((run) => ({
      what: `${run.label}: error left of what the encoder sees, not clipped`,
      value: run.measured('meanSquaredError', 'DENOISED') / run.measured('unclippedMeanSquaredError', 'CORRUPTED'),
      below: 0.5,
    })),
}

/** Claims that do not hold in the quick version of their preset, or not for every seed: there the page says so. */
export const unsteadyClaims: readonly string[] = [
  'two-moons: one-after-the-other',
  'vector-field: towards-the-curve',
  'denoising-sweep: small-codes-denoise',
  'denoising-sweep: ahead-of-filter',
  'denoising-sweep: ahead-of-noisy-pca',
  'clustering: deep-over-variational-nmi',
  'clustering: deep-over-variational-ari',
]

/** Turns what was trained and measured into what a claim is judged by. */
export function toFacts({ label, run, analysis }: QuickRun) {
  return { id: label, label, config: run.config, state: 'ended', metrics: run.metrics, analysis } as const
}

/** The first examples of a split, images of 28 × 28 pixels in 0…1. */
function firstExamples(split: Split, count: number): Float32Array {
  const gatherer = new BatchGatherer({ split, batchSize: count })
  return gatherer
    .gather(
      Uint32Array.from({ length: count }, (_, index) => index),
      0,
      count,
    )
    .slice()
}

const meanSquare = (values: Float32Array, others: Float32Array) =>
  values.reduce((sum, value, index) => sum + (value - (others[index] ?? 0)) ** 2, 0) / values.length
