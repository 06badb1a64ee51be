import { BatchGatherer, type Split } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import type { Claim, QuickCheck } from './quickChecks.js'
import { type QuickRun, type QuickRuns, reconstruct } from './quickRuns.js'

/** Clipped to 0…1, as PCA's is. */
const errorOverPca = ({ label, measured }: QuickRun): Claim => ({
  what: `${label}: error over PCA’s`,
  value: measured('meanSquaredError') / measured('meanSquaredError', 'PCA'),
})
const similarity = ({ label, measured }: QuickRun): Claim => ({ what: `${label}: SSIM`, value: measured('structuralSimilarity') })
const decibels = ({ measured }: QuickRun, subject: Parameters<QuickRun['measured']>[1]) => measured('peakSignalToNoiseRatio', subject)

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

/** Takes away more than the median filter does, in decibels and in SSIM. */
const aheadOfFilter = ({ all }: QuickRuns, least: number): Claim[] =>
  all.flatMap((run) => [
    { what: `${run.label}: dB over the filter’s`, value: decibels(run, 'DENOISED') - decibels(run, 'MEDIAN_FILTER'), above: least },
    {
      what: `${run.label}: SSIM over the filter’s`,
      value: run.measured('structuralSimilarity', 'DENOISED') - run.measured('structuralSimilarity', 'MEDIAN_FILTER'),
      above: 0,
    },
  ])

/** Of what can be read off reconstructions. */
export const reconstructionChecks: Readonly<Record<string, QuickCheck>> = {
  demo: ({ all }) => all.map((run) => ({ ...errorOverPca(run), below: 0.9 })),
  pca: ({ all }) => all.map((run) => ({ ...errorOverPca(run), above: 0.999, below: 1.001 })),
  'undercomplete-sweep': ({ of }) => [
    ...['z = 784', 'z = 256', 'z = 64'].map((label) => ({ ...similarity(of(label)), above: 0.85 })),
    ...['z = 8', 'z = 4', 'z = 2', 'z = 1'].map((label) => ({ ...similarity(of(label)), below: 0.55 })),
    {
      what: 'z = 1: error over the mean image’s',
      value: of('z = 1').measured('meanSquaredError') / of('z = 1').measured('meanSquaredError', 'MEAN_IMAGE'),
      above: 0.85,
      below: 1,
    },
  ],
  'undercomplete-deep-sweep': ({ all, of }) => [
    ...all.map((run) => ({ ...errorOverPca(run), below: 0.95 })),
    { ...errorOverPca(of('z = 8')), below: 0.6 },
    { ...similarity(of('z = 8')), above: 0.7 },
  ],
  'linear-sweep': ({ all }) =>
    all.flatMap((run) => [
      {
        what: `${run.label}: error over PCA’s`,
        value: run.measured('unclippedMeanSquaredError') / run.measured('unclippedMeanSquaredError', 'PCA'),
        above: 1,
        below: 1.02,
      },
      { what: `${run.label}: largest principal angle in degrees`, value: (run.measured('subspaceAngle') * 180) / Math.PI, below: 10 },
    ]),
  undercomplete: ({ all }) => all.map((run) => ({ ...similarity(run), above: 0.75 })),
  linear: ({ all }) =>
    all.map((run) => ({
      what: `${run.label}: error over PCA’s`,
      value: run.measured('unclippedMeanSquaredError') / run.measured('unclippedMeanSquaredError', 'PCA'),
      above: 1,
      below: 1.03,
    })),
  overcomplete: async ({ of }) => {
    const [digits, noise] = [of('learned on digits'), of('learned on pure noise')]
    const { test } = await loadDataset('mnist', digits.run.config.data)
    const images = firstExamples(test, 500)
    const error = meanSquare(await reconstruct(noise, images, [28, 28]), images)
    return [
      { what: 'learned on digits: error', value: digits.measured('meanSquaredError'), below: 0.0003 },
      { what: 'learned on noise: error', value: noise.measured('meanSquaredError'), below: 0.0005 },
      { what: 'learned on noise: error on noise drawn anew', value: noise.measured('noiseMeanSquaredError'), below: 0.0005 },
      { what: 'learned on noise: error on digits', value: error, below: 0.0005 },
    ]
  },
  powerful: async ({ of }) => {
    const few = of('10 training examples')
    const { train, test } = await loadDataset('mnist', few.run.config.data)
    const stored = Array.from({ length: 10 }, (_, index) => firstExamples(train, 10).subarray(784 * index, 784 * (index + 1)))
    const made = await reconstruct(few, firstExamples(test, 200), [28, 28])
    const images = Array.from({ length: 200 }, (_, index) => made.subarray(784 * index, 784 * (index + 1)))
    const distances = images.map((image) => Math.min(...stored.map((each) => meanSquare(image, each))))
    return [
      {
        what: '10 examples: share of new images that become a stored one',
        value: distances.filter((distance) => distance < 0.03).length / 200,
        above: 0.5,
      },
      {
        what: '10 examples: training error over test error',
        value: few.measured('meanSquaredError', 'TRAINING') / few.measured('meanSquaredError'),
        below: 0.2,
      },
    ]
  },
  'denoising-sweep': ({ all, of }) => [
    ...all.map((run) => ({
      what: `${run.label}: error left of what noise added`,
      value: run.measured('meanSquaredError', 'DENOISED') / run.measured('unclippedMeanSquaredError', 'CORRUPTED'),
      below: 0.5,
    })),
    { what: 'z = 64: dB over z = 8', value: decibels(of('z = 64'), 'DENOISED') - decibels(of('z = 8'), 'DENOISED'), above: 2 },
  ],
  'noise-sweep': ({ all, of }) => [
    ...all.slice(1).map((run, index) => ({
      what: `${run.label}: dB less than with less noise`,
      value: decibels(all[index] as QuickRun, 'DENOISED') - decibels(run, 'DENOISED'),
      above: 0.5,
    })),
    { what: '±2: dB over the filter’s', value: decibels(of('noise ±2'), 'DENOISED') - decibels(of('noise ±2'), 'MEDIAN_FILTER'), above: 4 },
  ],
  corruptions: ({ all, of }) => {
    const gain = (run: QuickRun) => decibels(run, 'DENOISED') - decibels(run, 'MEDIAN_FILTER')
    const least = gain(of('salt and pepper, 30 %'))
    return all.map((run) => {
      const claim = { what: `${run.label}: dB over the filter’s`, value: gain(run) }
      return { ...claim, above: gain(run) === least ? 1 : least }
    })
  },
  convolutional: ({ of }) => {
    const [dense, convolutional] = [of('dense, z = 32'), of('convolutional')]
    return [
      { what: 'dB over the dense one’s', value: decibels(convolutional, 'DENOISED') - decibels(dense, 'DENOISED'), above: 1 },
      {
        what: 'SSIM over the dense one’s',
        value: convolutional.measured('structuralSimilarity', 'DENOISED') - dense.measured('structuralSimilarity', 'DENOISED'),
        above: 0.05,
      },
    ]
  },
  'median-filter': (runs) => aheadOfFilter(runs, 2),
  'median-filter-clothes': (runs) => aheadOfFilter(runs, 1),
}
