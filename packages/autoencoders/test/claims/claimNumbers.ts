import type { MetricId, Subject } from '../../src/index.js'
import type { Analysis } from '../../src/measured.js'
import type { Numbers, NumbersOf } from './syntheticFacts.js'

/** Numbers by which a claim holds for all runs of its preset, and such by which it holds for none. */
export interface Both {
  readonly holds: NumbersOf
  readonly fails: NumbersOf
}

const of = (subject: Subject, metric: MetricId, value: number): Numbers => ({ subjects: { [subject]: { [metric]: value } } })

/** Of the model alone, or of another subject. */
const value = (metric: MetricId, [holds, fails]: readonly [number, number]): Both => ({
  holds: () => of('MODEL', metric, holds),
  fails: () => of('MODEL', metric, fails),
})

/** Of two subjects of each run. */
const two = (
  metric: MetricId,
  names: readonly [Subject, Subject],
  holds: readonly [number, number],
  fails: readonly [number, number],
): Both => {
  const numbers = (values: readonly [number, number]) => () => ({
    subjects: { [names[0]]: { [metric]: values[0] }, [names[1]]: { [metric]: values[1] } },
  })
  return { holds: numbers(holds), fails: numbers(fails) }
}

/** Another number for runs whose label begins with each of these words. */
const byLabel = (
  numbers: (value: number) => Numbers,
  holds: Readonly<Record<string, number>>,
  fails: Readonly<Record<string, number>>,
): Both => {
  const pick =
    (values: Readonly<Record<string, number>>): NumbersOf =>
    ({ label }) => {
      const value = Object.entries(values).find(([word]) => label.startsWith(word))?.[1]
      return value === undefined ? {} : numbers(value)
    }
  return { holds: pick(holds), fails: pick(fails) }
}

const ofModel = (metric: MetricId) => (number: number) => of('MODEL', metric, number)
const resisting = (passedOn: number): Numbers => ({
  subjects: { MODEL: { scaledJacobianNorm: 2, scaledReconstructionJacobianNorm: 2 * passedOn } },
})
const denoised = (metric: MetricId) => (number: number) => of('DENOISED', metric, number)
const overPca = (holds: number, fails: number, metric: MetricId = 'meanSquaredError') =>
  two(metric, ['MODEL', 'PCA'], [holds, 1], [fails, 1])
const aboveFilter = (holds: number, fails: number) =>
  two('peakSignalToNoiseRatio', ['DENOISED', 'MEDIAN_FILTER'], [15 + holds, 15], [15 + fails, 15])
const errorLeft: Both = two('meanSquaredError', ['DENOISED', 'CORRUPTED'], [0.02, 0.1], [0.09, 0.1])
const part =
  (parts: Partial<Analysis>): NumbersOf =>
  () => ({ parts })
const inpainted = (error: number) =>
  part({
    inpainting: { iterations: 1, chains: 1, meanSquaredError: error, filledMeanSquaredError: error, meanImageMeanSquaredError: 1 },
  })
const tuned = (pretrainedTestError: number) => part({ fineTuning: { labels: 10, epochs: 1, pretrainedTestError, randomTestError: 0.1 } })

/** A point of each codec, at so many decibels, and what the codes reach at the coarsest. */
const rates = (model: number, pca: number, jpeg: number, coarsest = model): NumbersOf => {
  const point = (bitsPerPixel: number, peakSignalToNoiseRatio: number) => ({
    setting: 1,
    bitsPerPixel,
    meanSquaredError: 0.1,
    peakSignalToNoiseRatio,
  })
  return part({
    rateDistortion: [
      { codec: 'MODEL', points: [point(0.05, coarsest), point(0.1, model)], pictures: [] },
      { codec: 'PCA', points: [point(0.05, pca)], pictures: [] },
      { codec: 'JPEG', points: [point(0.1, jpeg)], pictures: [] },
    ],
  })
}

/** PCA of the same noisy images is behind the Wiener filter, as it is where all components are kept. */
const aboveLinear: Both = {
  holds: () => ({ subjects: { ...besideLinear(20, 19) } }),
  fails: () => ({ subjects: { ...besideLinear(18.5, 19) } }),
}
function besideLinear(denoised: number, wiener: number): Numbers['subjects'] {
  const psnr = (peakSignalToNoiseRatio: number) => ({ peakSignalToNoiseRatio })
  return { DENOISED: psnr(denoised), WIENER_FILTER: psnr(wiener), CORRUPTED_PCA: psnr(18) }
}

const filter: Readonly<Record<string, Both>> = {
  'ahead-of-linear': aboveLinear,
  'ahead-in-psnr': aboveFilter(3, 0.5),
  'ahead-in-ssim': two('structuralSimilarity', ['DENOISED', 'MEDIAN_FILTER'], [0.9, 0.8], [0.8, 0.9]),
}

/** For every claim that a number tells of. */
export const claimNumbers: Readonly<Record<string, Readonly<Record<string, Both>>>> = {
  demo: { 'below-pca': overPca(0.5, 0.95) },
  pca: { 'is-pca': overPca(1, 1.01) },
  'pca-plane': {
    'error-of-pca': overPca(1.01, 1.03, 'unclippedMeanSquaredError'),
    'along-the-component': value('subspaceAngle', [0.02, 0.1]),
  },
  'undercomplete-sweep': {
    'large-codes': value('structuralSimilarity', [0.9, 0.8]),
    'small-codes': value('structuralSimilarity', [0.5, 0.6]),
    'one-number': two('meanSquaredError', ['MODEL', 'MEAN_IMAGE'], [0.9, 1], [0.5, 1]),
  },
  'undercomplete-deep-sweep': {
    'below-pca': overPca(0.5, 0.96),
    'eight-numbers': overPca(0.5, 0.65),
    legible: value('structuralSimilarity', [0.8, 0.6]),
  },
  'linear-sweep': {
    'error-of-pca': overPca(1.01, 1.03, 'unclippedMeanSquaredError'),
    'subspace-of-pca': value('subspaceAngle', [0.1, 0.2]),
  },
  undercomplete: { legible: value('structuralSimilarity', [0.8, 0.7]) },
  linear: { 'error-of-pca': overPca(1.01, 0.99, 'unclippedMeanSquaredError') },
  overcomplete: {
    'copies-digits': value('meanSquaredError', [1e-4, 1e-3]),
    'copies-noise': value('meanSquaredError', [1e-4, 1e-3]),
    'copies-new-noise': value('noiseMeanSquaredError', [1e-4, 1e-3]),
  },
  powerful: {
    'by-heart': two('meanSquaredError', ['TRAINING', 'MODEL'], [0.01, 0.1], [0.05, 0.1]),
    'new-become-stored': {
      holds: part({ storedExamples: { stored: 10, examples: 200, share: 0.9 } }),
      fails: part({ storedExamples: { stored: 10, examples: 200, share: 0.1 } }),
    },
  },
  'deep-2d': { 'below-pca': overPca(0.7, 0.9), 'kinds-gather': overPca(1.5, 1.1, 'linearProbeAccuracy') },
  'two-moons': { curve: overPca(0.2, 0.4), 'one-after-the-other': value('linearProbeAccuracy', [0.95, 0.899]) },
  line: {
    copies: value('reconstructionJacobianNorm', [1, 0.5]),
    resists: value('reconstructionJacobianNorm', [0.1, 0.5]),
  },
  tangents: {
    curve: overPca(0.2, 0.4),
    'whole-plane': {
      holds: part({ tangents: [{ example: 0, label: 0, singularValues: [1, 0.8] }] }),
      fails: part({ tangents: [{ example: 0, label: 0, singularValues: [1, 0.1] }] }),
    },
  },
  sparse: {
    'dense-without': value('meanActivation', [0.5, 0.1]),
    'sparse-with': value('meanActivation', [0.05, 0.1]),
    'few-on': value('onShare', [0.1, 0.3]),
    legible: value('structuralSimilarity', [0.8, 0.6]),
  },
  contractive: {
    'smaller-norm': byLabel(ofModel('jacobianNorm'), { plain: 10, λ: 1 }, { plain: 2, λ: 1 }),
    'smaller-scaled-norm': byLabel(ofModel('scaledJacobianNorm'), { plain: 2, λ: 1 }, { plain: 1.2, λ: 1 }),
    'similar-error': byLabel(ofModel('unclippedMeanSquaredError'), { plain: 1, λ: 1.2 }, { plain: 1, λ: 1.4 }),
  },
  'dae-cae': {
    'as-far': byLabel(
      (trainLoss) => ({ metrics: { trainLoss } }),
      { 'contractive, A': 1, 'contractive, L': 1.05 },
      { 'contractive, A': 1, 'contractive, L': 1.2 },
    ),
    denoises: two('peakSignalToNoiseRatio', ['DENOISED', 'CORRUPTED'], [18, 13], [14, 13]),
    'denoising-contracts': byLabel(ofModel('jacobianNorm'), { plain: 10, denoising: 5 }, { plain: 10, denoising: 7 }),
    'penalty-contracts': byLabel(ofModel('jacobianNorm'), { plain: 10, contractive: 5 }, { plain: 10, contractive: 7 }),
    'encoder-resists': byLabel(ofModel('scaledJacobianNorm'), { plain: 2.5, contractive: 1.3 }, { plain: 2.5, contractive: 2 }),
    'whole-resists': byLabel(ofModel('reconstructionJacobianNorm'), { denoising: 5, contractive: 6.3 }, { denoising: 6, contractive: 6.3 }),
    'decoder-resists': byLabel(resisting, { denoising: 0.77, contractive: 0.86 }, { denoising: 0.85, contractive: 0.86 }),
  },
  'denoising-sweep': {
    'large-codes-denoise': errorLeft,
    'small-codes-denoise': errorLeft,
    'small-codes-lose-detail': byLabel(denoised('peakSignalToNoiseRatio'), { 'z = 64': 20, 'z = 8': 15 }, { 'z = 64': 16, 'z = 8': 15 }),
    'ahead-of-filter': aboveFilter(1, -1),
    'ahead-of-small-pca': two('peakSignalToNoiseRatio', ['DENOISED', 'CORRUPTED_PCA'], [20, 18], [17, 18]),
    'ahead-of-linear': aboveLinear,
  },
  'noise-sweep': {
    'worse-in-order': byLabel(
      denoised('peakSignalToNoiseRatio'),
      { 'noise ±0.25': 22, 'noise ±0.5': 20, 'noise ±1': 17, 'noise ±2': 14 },
      { 'noise ±0.25': 14, 'noise ±0.5': 17, 'noise ±1': 20, 'noise ±2': 20.2 },
    ),
    'beyond-the-eye': aboveFilter(5, 3),
    'ahead-of-linear': aboveLinear,
  },
  corruptions: {
    'ahead-of-filter': aboveFilter(2, 0.5),
    'least-with-salt-and-pepper': {
      holds: (run) => aboveFilter(run.label.startsWith('salt') ? 1 : 3, 0).holds(run),
      fails: (run) => aboveFilter(run.label.startsWith('salt') ? 4 : 3, 0).holds(run),
    },
    'ahead-of-linear': aboveLinear,
  },
  'vector-field': {
    'towards-the-curve': {
      holds: part({ vectorField: { meanCosine: 0.9, stepOnCurve: 0.1 } }),
      fails: part({ vectorField: { meanCosine: 0.7, stepOnCurve: 0.1 } }),
    },
    'short-on-the-curve': {
      holds: part({ vectorField: { meanCosine: 0.9, stepOnCurve: 0.1 } }),
      fails: part({ vectorField: { meanCosine: 0.9, stepOnCurve: 0.6 } }),
    },
    'insensitive-across': {
      holds: part({ stepResponse: { lengths: [0.02], along: [0.9], across: [0.1] } }),
      fails: part({ stepResponse: { lengths: [0.02], along: [0.9], across: [0.8] } }),
    },
  },
  convolutional: {
    'ahead-in-psnr': byLabel(denoised('peakSignalToNoiseRatio'), { dense: 18, convolutional: 23 }, { dense: 18, convolutional: 18.5 }),
    'ahead-in-ssim': byLabel(denoised('structuralSimilarity'), { dense: 0.7, convolutional: 0.9 }, { dense: 0.9, convolutional: 0.91 }),
    'ahead-of-linear': aboveLinear,
  },
  'median-filter': filter,
  'median-filter-clothes': filter,
  pretraining: { 'lower-test-error': { holds: tuned(0.08), fails: tuned(0.11) } },
  likelihoods: {
    'smaller-error': byLabel(ofModel('meanSquaredError'), { Gaussian: 1, Bernoulli: 0.8 }, { Gaussian: 1, Bernoulli: 0.97 }),
    'higher-ssim': byLabel(ofModel('structuralSimilarity'), { Gaussian: 0.7, Bernoulli: 0.9 }, { Gaussian: 0.7, Bernoulli: 0.71 }),
    'outside-the-range': {
      holds: () => ({ subjects: { MODEL: { unclippedMeanSquaredError: 0.02, meanSquaredError: 0.01 } } }),
      fails: () => ({ subjects: { MODEL: { unclippedMeanSquaredError: 0.0101, meanSquaredError: 0.01 } } }),
    },
  },
  beta: {
    'units-collapse': byLabel(
      ofModel('activeUnitShare'),
      { 'β = 0.25': 1, 'β = 16': 0.1, 'β = 1': 1, 'β = 4': 0.5 },
      { 'β = 0.25': 1, 'β = 16': 1, 'β = 1': 1, 'β = 4': 1 },
    ),
    averages: two('meanSquaredError', ['MODEL', 'MEAN_IMAGE'], [0.8, 1], [0.5, 1]),
    faithful: two('meanSquaredError', ['MODEL', 'MEAN_IMAGE'], [0.2, 1], [0.5, 1]),
  },
  inpainting: {
    'variational-closer': { holds: inpainted(0.7), fails: inpainted(0.9) },
    'deterministic-further': { holds: inpainted(1.5), fails: inpainted(1) },
  },
  features: {
    'denoising-ahead': two('linearProbeAccuracy', ['MODEL', 'PCA'], [0.9, 0.85], [0.86, 0.85]),
    'deep-like-pca': two('linearProbeAccuracy', ['MODEL', 'PCA'], [0.86, 0.85], [0.9, 0.85]),
    'linear-like-pca': two('linearProbeAccuracy', ['MODEL', 'PCA'], [0.86, 0.85], [0.9, 0.85]),
  },
  clustering: {
    'deep-over-pca-nmi': two('kMeansNormalizedMutualInformation', ['MODEL', 'PCA'], [0.6, 0.5], [0.52, 0.5]),
    'deep-over-pca-ari': two('kMeansAdjustedRandIndex', ['MODEL', 'PCA'], [0.6, 0.5], [0.52, 0.5]),
    'deep-over-variational-nmi': byLabel(
      ofModel('kMeansNormalizedMutualInformation'),
      { deep: 0.623, variational: 0.576 },
      { deep: 0.58, variational: 0.581 },
    ),
    'deep-over-variational-ari': byLabel(
      ofModel('kMeansAdjustedRandIndex'),
      { deep: 0.6, variational: 0.5 },
      { deep: 0.5, variational: 0.5 },
    ),
  },
  compression: {
    'ahead-of-pca': { holds: rates(20, 18, 15), fails: rates(17, 18, 15) },
    'ahead-of-jpeg': { holds: rates(20, 18, 15), fails: rates(14, 18, 15) },
    'jpeg-goes-on': { holds: rates(20, 18, 30), fails: rates(20, 18, 21) },
    'too-coarse': { holds: rates(20, 18, 15, 12), fails: rates(20, 18, 15, 19) },
  },
}

/** Claims whose cases are made of all runs together, so that runs of another seed change them rather than add some. */
export const ofAllRuns: readonly string[] = ['ahead-of-pca', 'ahead-of-jpeg', 'jpeg-goes-on']
/** Claims that configurations alone decide. */
export const ofConfigurations: readonly string[] = ['few-steps', 'more-examples']
