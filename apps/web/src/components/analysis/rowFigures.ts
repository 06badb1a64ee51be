import type { AnalysisFieldsFragment } from '../../graphql/generated/graphql'
import { formatLoss } from '../run/formatQuantity'
import type { MeasuredSubject } from './analysisTables'

/** One row of images of an analysis: which figure it is, and what stands beside it. */
export interface DescribedRow {
  readonly name: string
  readonly title: string
  readonly figures?: string
}

/** Describes the rows of the denoising figure, from the clean images to the median filter. */
export function describeDenoising(subjects: readonly MeasuredSubject[]): readonly DescribedRow[] {
  const figures = (wanted: MeasuredSubject['subject']) => {
    const metrics = subjects.find(({ subject }) => subject === wanted)?.metrics
    if (!metrics) return {}
    const { meanSquaredError, peakSignalToNoiseRatio, structuralSimilarity } = metrics
    const psnr = peakSignalToNoiseRatio === null ? '–' : `${peakSignalToNoiseRatio.toFixed(2)} dB`
    return { figures: `MSE ${formatLoss(meanSquaredError)} · PSNR ${psnr} · SSIM ${structuralSimilarity?.toFixed(3) ?? '–'}` }
  }
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
