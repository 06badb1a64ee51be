import { GRADIENT_TOLERANCE } from '../config/optimizers/gradientTolerance.js'
import { codeMeasurements } from './codeMeasurements.js'
import { errorMeasurements } from './errorMeasurements.js'
import type { Measurement } from './Measurement.js'

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
  ...errorMeasurements,
  ...codeMeasurements,
  { id: 'divergence', at: 'epoch', alias: 'kl', ...divergence },
  { id: 'klDivergence', at: 'analysis', ...divergence },
  {
    id: 'bitsPerPixel',
    alias: 'bpp',
    ranksWithin: 'bound',
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
    ranksWithin: 'draws',
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
    id: 'largestGradient',
    ranksWithin: 'objective',
    examples: 'training',
    at: 'epoch',
    role: 'metric',
    title: 'Largest gradient',
    unit: null,
    description: `Largest magnitude in the gradient of what L-BFGS minimizes, after its last iteration of the epoch; where it is at most ${GRADIENT_TOLERANCE}, L-BFGS has converged.`,
    formula: 'max |∂ objective / ∂ parameter|',
    better: null,
    digits: 3,
    line: { label: 'Training' },
  },
  {
    id: 'iterationsTaken',
    ranksWithin: 'anything',
    at: 'epoch',
    role: 'metric',
    title: 'Iterations taken',
    unit: null,
    description: 'Iterations of L-BFGS in the epoch that moved the parameters: fewer than an epoch has where it has come to rest.',
    formula: 'number of iterations that lowered the objective',
    better: null,
    digits: 3,
    format: 'count',
    line: { label: 'Iterations' },
  },
  {
    id: 'seconds',
    ranksWithin: 'anything',
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
    alias: 'speed',
    ranksWithin: 'anything',
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
  {
    id: 'processorPercent',
    alias: 'processor',
    ranksWithin: 'anything',
    at: 'epoch',
    role: 'system',
    title: 'Processor',
    unit: '%',
    description: 'How busy the worker kept the processor during the epoch, in percent of one core: 200 are two cores at full load.',
    formula: '100 · processor time of all threads / wall time',
    better: null,
    digits: 3,
    line: { label: 'Processor' },
  },
  {
    id: 'memoryMegabytes',
    alias: 'memory',
    ranksWithin: 'anything',
    at: 'epoch',
    role: 'system',
    title: 'Memory',
    unit: 'MB',
    description: 'The most memory that the worker was seen to hold during the epoch, looked at every second and at its end.',
    formula: 'largest resident set size / 10⁶',
    better: null,
    digits: 4,
    line: { label: 'Memory' },
  },
] as const satisfies readonly Measurement[]

type Row = (typeof measurementCatalog)[number]

/** The name of a number that every epoch is measured with. */
export type EpochValueId = Extract<Row, { at: 'epoch' | 'both' }>['id']
/** The same without what the worker says of itself. */
export type TrainedValueId = Exclude<EpochValueId, SystemValueId>
/** The same without losses and speeds. */
export type EpochMetricId = Extract<Row, { at: 'epoch' | 'both'; role: 'metric' }>['id']
/** What the worker says of itself. */
export type SystemValueId = Extract<Row, { role: 'system' }>['id']
/** The name of a number that the subjects of an analysis are measured with. */
export type MetricId = Extract<Row, { at: 'analysis' | 'both' }>['id']

/** A row of the catalog that epochs are measured with. */
export type EpochMeasurement = Measurement & { readonly id: EpochValueId }
/** A row of the catalog that finished runs are measured with. */
export type FinalMeasurement = Measurement & { readonly id: MetricId }

const isOfEpochs = (row: Measurement): row is EpochMeasurement => row.at !== 'analysis'
const isOfAnalysis = (row: Measurement): row is FinalMeasurement => row.at !== 'epoch'

const rows: readonly Measurement[] = measurementCatalog
/** What every epoch is measured with, losses and speeds included. */
export const epochCatalog: readonly EpochMeasurement[] = rows.filter(isOfEpochs)
/** What training itself measures after every epoch. */
export const trainedCatalog = epochCatalog.filter((row): row is EpochMeasurement & { readonly id: TrainedValueId } => row.role !== 'system')
/** What the subjects of an analysis are measured with. */
export const metricCatalog: readonly FinalMeasurement[] = rows.filter(isOfAnalysis)
