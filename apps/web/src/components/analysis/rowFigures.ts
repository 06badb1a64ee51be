import type { AnalysisFieldsFragment } from '../../graphql/generated/graphql'
import { formatLoss } from '../run/formatQuantity'
import type { MeasuredSubject } from './analysisTables'

/** One row of images of an analysis: which figure it is, and what stands beside it. */
export interface DescribedRow {
  readonly name: string
  readonly title: string
  readonly figures?: string
}

/** Writes how close a subject's images are to the originals, to stand beside a row of them. */
function closenessOf(subjects: readonly MeasuredSubject[], wanted: MeasuredSubject['subject']): Pick<DescribedRow, 'figures'> {
  const metrics = subjects.find(({ subject }) => subject === wanted)?.metrics
  if (!metrics) return {}
  const { meanSquaredError, peakSignalToNoiseRatio, structuralSimilarity } = metrics
  const psnr = peakSignalToNoiseRatio === null ? '–' : `${peakSignalToNoiseRatio.toFixed(2)} dB`
  return { figures: `MSE ${formatLoss(meanSquaredError)} · PSNR ${psnr} · SSIM ${structuralSimilarity?.toFixed(3) ?? '–'}` }
}

/** Describes the rows that set what a run was trained on beside what it has never seen. */
export function describeGeneralization(subjects: readonly MeasuredSubject[]): readonly DescribedRow[] {
  const noiseError = subjects.find(({ subject }) => subject === 'MODEL')?.metrics.noiseMeanSquaredError
  return [
    { name: 'generalization/training', title: 'Training images' },
    { name: 'generalization/trainingReconstructions', title: 'Reconstructed', ...closenessOf(subjects, 'TRAINING') },
    { name: 'generalization/test', title: 'Test images' },
    { name: 'generalization/testReconstructions', title: 'Reconstructed', ...closenessOf(subjects, 'MODEL') },
    { name: 'generalization/pcaReconstructions', title: 'PCA, as many numbers', ...closenessOf(subjects, 'PCA') },
    { name: 'generalization/noise', title: 'Pure noise' },
    { name: 'generalization/noiseReconstructions', title: 'Reconstructed', figures: `MSE ${formatLoss(noiseError)}` },
  ]
}

/** Describes the rows of the denoising figure, from the clean images to the median filter. */
export function describeDenoising(subjects: readonly MeasuredSubject[]): readonly DescribedRow[] {
  const figures = (wanted: MeasuredSubject['subject']) => closenessOf(subjects, wanted)
  return [
    { name: 'denoising/originals', title: 'Original' },
    { name: 'denoising/corrupted', title: 'Corrupted', ...figures('CORRUPTED') },
    { name: 'denoising/denoised', title: 'Denoised by this model', ...figures('DENOISED') },
    { name: 'denoising/medianFilter', title: 'Median filter', ...figures('MEDIAN_FILTER') },
  ]
}

/** Describes the rows of the inpainting figure; their errors are of the missing half alone. */
export function describeInpainting({
  chains,
  filledMeanSquaredError,
  meanSquaredError,
  meanImageMeanSquaredError,
}: NonNullable<AnalysisFieldsFragment['inpainting']>): readonly DescribedRow[] {
  const errorOf = (value: number | null) => `MSE there ${formatLoss(value)}`
  return [
    { name: 'inpainting/originals', title: 'Original' },
    { name: 'inpainting/started', title: 'Missing half as the mean image', figures: errorOf(meanImageMeanSquaredError) },
    {
      name: 'inpainting/filled',
      title: chains > 1 ? 'Filled in once' : 'Filled in by this model',
      figures: errorOf(filledMeanSquaredError),
    },
    {
      name: 'inpainting/expected',
      title: chains > 1 ? `Mean of ${chains} times` : 'Mean of the second half of steps',
      figures: errorOf(meanSquaredError),
    },
  ]
}
