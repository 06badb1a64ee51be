import { PSNR_CEILING } from '../metrics/peakSignalToNoiseRatio.js'
import type { Measurement } from './Measurement.js'

/** Least and greatest value of a share. */
const SHARE = [0, 1] as const
/** Of what is 1 for equality, and may fall below 0. */
const SIMILARITY = [-1, 1] as const

/** Titles of charts that several measurements share. */
export const chartTitles: Readonly<Record<string, string>> = { loss: 'Loss' }

const divergence = {
  role: 'metric',
  title: 'KL divergence',
  unit: 'nats',
  description: 'What the codes of a variational autoencoder tell beyond the prior, summed over dimensions.',
  formula: 'Σⱼ mean of ½ (μⱼ² + σⱼ² − 1 − ln σⱼ²)',
  better: null,
  digits: 4,
} as const

/**
 * Every measured number, one a row, in the order of tables: records of epochs, the analysis, the API, tables and exports follow from it. All but training loss,
 * speeds and those of the subject TRAINING are computed on examples that nothing was learned from: after epochs validation examples (test examples where none
 * are held out), of finished runs test examples. How each is computed says `measurementRules`.
 */
export const measurementCatalog = [
  {
    id: 'trainLoss',
    at: 'epoch',
    role: 'loss',
    title: 'Training loss',
    unit: null,
    description:
      'What training minimizes, over the training examples of the epoch, each taken before the update it took part in; of L-BFGS after the last.',
    formula: 'mean of L(x, r) and what regularizer and prior add',
    better: 'lower',
    digits: 4,
    chart: 'loss',
    line: { label: 'Training', dashed: true },
  },
  {
    id: 'validationLoss',
    at: 'epoch',
    role: 'loss',
    title: 'Validation loss',
    unit: null,
    description:
      'What training minimizes, over the validation examples after the epoch; where none are held out over the test examples, and pages call it test loss.',
    formula: 'mean of L(x, r) and what regularizer and prior add',
    better: 'lower',
    digits: 4,
    chart: 'loss',
  },
  {
    id: 'validationMeanSquaredError',
    at: 'epoch',
    role: 'loss',
    title: 'Reconstruction MSE',
    unit: null,
    description:
      'Mean of the squared difference over the pixels of all examples that are scored after the epoch, whatever the loss; reconstructions of images are clipped to 0…1, as those of PCA are. Runs of earlier versions did not clip.',
    formula: 'Σ (x − r)² / (n · size)',
    better: 'lower',
    digits: 4,
    chart: 'mse',
    baseline: 'meanSquaredError',
    repeats: 'validationLoss',
  },
  {
    id: 'validationReconstructionError',
    at: 'epoch',
    role: 'metric',
    title: 'Reconstruction error',
    unit: null,
    description: 'The part of the validation (or test) loss that is the reconstruction error; regularizer and divergence add the rest.',
    formula: 'mean of L(x, r)',
    better: 'lower',
    digits: 4,
    repeats: 'validationLoss',
  },
  {
    id: 'meanSquaredError',
    at: 'analysis',
    role: 'metric',
    title: 'MSE',
    unit: null,
    description: 'Mean squared difference between examples and their reconstructions, clipped to 0…1 for images.',
    formula: 'Σ (x − r)² / (n · size)',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'unclippedMeanSquaredError',
    at: 'both',
    role: 'metric',
    title: 'MSE, not clipped',
    unit: null,
    description: 'Mean squared difference with reconstructions as they come, also outside 0…1: what PCA is optimal for.',
    formula: 'Σ (x − r)² / (n · size)',
    better: 'lower',
    digits: 4,
    repeats: 'validationMeanSquaredError',
  },
  {
    id: 'peakSignalToNoiseRatio',
    at: 'both',
    role: 'metric',
    title: 'PSNR',
    unit: 'dB',
    description: `Mean over images of the ratio between the peak value 1 and the error of the image; ${PSNR_CEILING} dB stands for no error.`,
    formula: 'mean of 10 log₁₀(1 / MSE of the image)',
    better: 'higher',
    digits: 4,
  },
  {
    id: 'structuralSimilarity',
    at: 'analysis',
    role: 'metric',
    title: 'SSIM',
    unit: null,
    description:
      'Structural similarity in Gaussian windows of 11 × 11 pixels, closer to what eyes see than a squared error; 1 is equality.',
    formula: 'mean of (2 μₓμᵣ + c₁)(2 σₓᵣ + c₂) / ((μₓ² + μᵣ² + c₁)(σₓ² + σᵣ² + c₂))',
    better: 'higher',
    digits: 4,
    bounds: SIMILARITY,
  },
  {
    id: 'linearProbeAccuracy',
    at: 'analysis',
    role: 'metric',
    title: 'Linear probe',
    unit: null,
    description:
      'Share of test examples whose class a linear classifier tells from the codes: how ready the features are for a supervised task.',
    formula: 'accuracy of multinomial logistic regression with λ/2 ‖W‖² on codes centred and divided by one common spread',
    better: 'higher',
    digits: 4,
    bounds: SHARE,
  },
  {
    id: 'linearProbeRegularization',
    at: 'analysis',
    role: 'metric',
    title: 'Linear probe, λ',
    unit: null,
    description:
      'Weight of the linear classifier’s penalty: of a small grid the one that tells most of two fifths of the training labels from the others.',
    formula: 'λ of 0.1, 0.03, 0.01, 0.001',
    better: null,
    digits: 1,
  },
  {
    id: 'kMeansNormalizedMutualInformation',
    at: 'analysis',
    role: 'metric',
    title: 'k-means NMI',
    unit: null,
    description:
      'How much clusters of codes, found without labels, tell of the classes: 0 nothing, 1 everything. Distances are those of codes as they are: units on a larger scale count for more.',
    formula: '2 I(clusters; classes) / (H(clusters) + H(classes))',
    better: 'higher',
    digits: 4,
    bounds: SHARE,
  },
  {
    id: 'kMeansAdjustedRandIndex',
    at: 'analysis',
    role: 'metric',
    title: 'k-means ARI',
    unit: null,
    description:
      'How many pairs of examples clusters and classes put together alike, corrected for chance: 0 is chance, 1 equality. Distances are those of codes as they are.',
    formula: '(Σ C(nᵢⱼ, 2) − E) / (½ (Σ C(aᵢ, 2) + Σ C(bⱼ, 2)) − E)',
    better: 'higher',
    digits: 4,
    bounds: SIMILARITY,
  },
  {
    id: 'meanActivation',
    at: 'both',
    role: 'metric',
    title: 'Mean activation',
    unit: null,
    description: 'Mean value of the code units over the examples that are scored, which sparsity penalties lower.',
    formula: 'Σ zⱼ / (n · units)',
    better: null,
    digits: 4,
  },
  {
    id: 'activeUnitShare',
    at: 'both',
    role: 'metric',
    title: 'Active units',
    unit: null,
    description:
      'Code units that vary between examples, of all; the others have collapsed. Codes with a prior are measured by its variance, others, whose scale is arbitrary, by their largest.',
    formula: 'units with Var(zⱼ) > 0.01 · scale; scale 1 with a prior, else max Var(zⱼ)',
    better: null,
    digits: 4,
    format: 'unitShare',
    bounds: SHARE,
  },
  {
    id: 'onShare',
    at: 'analysis',
    role: 'metric',
    title: 'Units on',
    unit: null,
    description: 'Share of the units that are on for one example: near 0 for a sparse code.',
    formula: 'mean share of units with |zⱼ| > 0.1 · max |zⱼ|',
    better: null,
    digits: 4,
    bounds: SHARE,
  },
  {
    id: 'jacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Jacobian norm',
    unit: null,
    description:
      'How much the code answers to small changes of the input in any direction, which a contractive penalty lowers. A code on a smaller scale has a smaller norm, though nothing is contracted.',
    formula: 'mean of ‖∂f/∂x‖_F',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'scaledJacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Scaled Jacobian norm',
    unit: null,
    description:
      'How much the code answers to small changes of the input, in proportion to how far apart codes lie: the same whatever the code’s scale.',
    formula: 'mean of ‖∂f/∂x‖_F / √Σⱼ Var(zⱼ)',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'reconstructionJacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Reconstruction Jacobian',
    unit: null,
    description:
      'How much the reconstruction answers to small changes of the input in any direction, encoder and decoder together: no scale of the code changes it.',
    formula: 'mean of ‖∂r/∂x‖_F',
    better: null,
    digits: 4,
  },
  {
    id: 'scaledReconstructionJacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Scaled Jacobian of r',
    unit: null,
    description:
      'How much the reconstruction answers to small changes of the input, in proportion to how far apart reconstructions lie: to be set beside the scaled Jacobian norm. Where it is smaller, the decoder takes some of the change away.',
    formula: 'mean of ‖∂r/∂x‖_F / √Σᵢ Var(rᵢ)',
    better: null,
    digits: 4,
  },
  {
    id: 'noiseMeanSquaredError',
    at: 'analysis',
    role: 'metric',
    title: 'MSE on noise',
    unit: null,
    description: 'Error on images of uniform noise: as low as on real ones where the autoencoder has learned to copy.',
    formula: 'Σ (x − r)² / (n · size), x uniform in 0…1',
    better: null,
    digits: 4,
  },
  {
    id: 'subspaceAngle',
    at: 'analysis',
    role: 'metric',
    title: 'Largest angle to PCA',
    unit: 'rad',
    description:
      'Largest principal angle between the space of a linear decoder and that of as many principal components; 0 is the same space.',
    formula: 'arccos of the smallest singular value of Q₁ᵀQ₂',
    better: null,
    digits: 4,
  },
  { id: 'divergence', at: 'epoch', ...divergence },
  { id: 'klDivergence', at: 'analysis', ...divergence },
  {
    id: 'bitsPerPixel',
    at: 'both',
    role: 'metric',
    title: 'Bits per pixel',
    unit: 'bit/pixel',
    description:
      'Negative log-likelihood of Bernoulli pixels given their code; of a variational autoencoder the negative evidence lower bound, which counts the code as well.',
    formula: 'NLL / (size · ln 2)',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'importanceWeightedBitsPerPixel',
    at: 'analysis',
    role: 'metric',
    title: 'Bits per pixel (IWAE)',
    unit: 'bit/pixel',
    description:
      'Bound on the negative log-likelihood from many draws of each code of a variational autoencoder: tighter than the evidence lower bound, and the tighter the more are drawn.',
    formula: 'mean of −ln (1/k Σᵢ p(x|zᵢ) p(zᵢ) / q(zᵢ|x)) / (size · ln 2)',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'inpaintingMeanSquaredError',
    at: 'analysis',
    role: 'metric',
    title: 'Inpainting MSE',
    unit: null,
    description: 'Error on the missing lower half of test images that was filled in by repeatedly encoding and decoding.',
    formula: 'Σ (x − r)² over missing pixels / their number',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'seconds',
    at: 'epoch',
    role: 'speed',
    title: 'Time of an epoch',
    unit: 's',
    description: 'Wall time of training and evaluation.',
    formula: 'end − start',
    better: 'lower',
    digits: 3,
    format: 'duration',
    line: { label: 'Seconds' },
  },
  {
    id: 'imagesPerSecond',
    at: 'epoch',
    role: 'speed',
    title: 'Speed',
    unit: 'examples/s',
    description: 'Training examples a second, evaluation not counted.',
    formula: 'training examples / seconds of training steps',
    better: 'higher',
    digits: 3,
    format: 'count',
    line: { label: 'Examples/s' },
  },
] as const satisfies readonly Measurement[]

type Row = (typeof measurementCatalog)[number]

/** The name of a number that every epoch is measured with. */
export type EpochValueId = Extract<Row, { at: 'epoch' | 'both' }>['id']
/** The same without losses and speeds. */
export type EpochMetricId = Extract<Row, { at: 'epoch' | 'both'; role: 'metric' }>['id']
/** The name of a number that the subjects of an analysis are measured with. */
export type MetricId = Extract<Row, { at: 'analysis' | 'both' }>['id']

/** A row of the catalog that epochs are measured with. */
export type EpochMeasurement = Measurement & { readonly id: EpochValueId }
/** A row of the catalog that finished runs are measured with. */
export type FinalMeasurement = Measurement & { readonly id: MetricId }

const isOfEpochs = (row: Measurement): row is EpochMeasurement => row.at !== 'analysis'
const isOfAnalysis = (row: Measurement): row is FinalMeasurement => row.at !== 'epoch'
const isMetric = (row: EpochMeasurement): row is EpochMeasurement & { readonly id: EpochMetricId } => row.role === 'metric'

const rows: readonly Measurement[] = measurementCatalog
/** What every epoch is measured with, losses and speeds included. */
export const epochCatalog: readonly EpochMeasurement[] = rows.filter(isOfEpochs)
/** What epochs are measured with beside losses and speeds. */
export const epochMetricCatalog = epochCatalog.filter(isMetric)
/** What the subjects of an analysis are measured with. */
export const metricCatalog: readonly FinalMeasurement[] = rows.filter(isOfAnalysis)
