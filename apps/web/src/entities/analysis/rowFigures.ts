import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { formatLoss } from '../../ui/formatQuantity'
import { nameBaseline } from '../run/pcaBaseline'
import type { MeasuredSubject, RateCurve } from './analysisTables'

/** Strips of images of an analysis that belong together, the originals first, and what stands beside them. */
export interface DescribedRow {
  /** Figures of the analysis, below one another. */
  readonly names: readonly string[]
  readonly title: string
  readonly figures?: string
}

/** Writes how close a subject's images are to the originals, to stand beside them; errors are clipped as the images are. */
function closenessOf(subjects: readonly MeasuredSubject[], wanted: MeasuredSubject['subject']): Pick<DescribedRow, 'figures'> {
  const metrics = subjects.find(({ subject }) => subject === wanted)?.metrics
  if (!metrics) return {}
  const { meanSquaredError, peakSignalToNoiseRatio: psnr, structuralSimilarity: ssim } = metrics
  return {
    figures: [
      ...describeError(metrics.unclippedMeanSquaredError, meanSquaredError),
      psnr === null ? '' : `${psnr.toFixed(1)} dB`,
      ssim === null ? '' : `SSIM ${ssim.toFixed(3)}`,
    ]
      .filter(Boolean)
      .join(' · '),
  }
}

/** Below this, as a share, it makes no difference whether values outside of 0…1 are clipped. */
const CLIPPING_MATTERS = 0.005

/** Errors that are nothing but rounding. */
const ROUNDING = 1e-9

/** Says of an error that it is of clipped values where that makes a difference. */
function describeError(unclipped: number | null, clipped: number | null): readonly string[] {
  if (clipped === null) return []
  if (clipped < ROUNDING) return ['MSE 0']
  const matters = unclipped !== null && unclipped - clipped > CLIPPING_MATTERS * unclipped
  return [`MSE ${formatLoss(clipped)}${matters ? ' clipped' : ''}`]
}

/** Describes the rows that set what a run was trained on beside what it has never seen: images above, their reconstructions below. */
export function describeGeneralization(subjects: readonly MeasuredSubject[], components: Components = null): readonly DescribedRow[] {
  const noiseError = subjects.find(({ subject }) => subject === 'MODEL')?.metrics.noiseMeanSquaredError
  return [
    { names: pairOf('training'), title: 'Training images', ...closenessOf(subjects, 'TRAINING') },
    { names: pairOf('test'), title: 'Test images', ...closenessOf(subjects, 'MODEL') },
    { names: ['generalization/pcaReconstructions'], title: namePca(components), ...closenessOf(subjects, 'PCA') },
    { names: pairOf('noise'), title: 'Pure noise', figures: `MSE ${formatLoss(noiseError)}` },
  ]
}

type Components = AnalysisFieldsFragment['principalComponents']

/** Names PCA by what it keeps: as many numbers as the code has, or all components where there are no more. */
export function namePca(components: Components): string {
  return components && components.used === components.rank
    ? nameBaseline({ components: components.used, isWhole: true }, false)
    : 'PCA, as many numbers'
}

const pairOf = (part: string) => [`generalization/${part}`, `generalization/${part}Reconstructions`]

/** Describes the rows of the denoising figure, from the clean images to the median filter. */
export function describeDenoising(subjects: readonly MeasuredSubject[], components: Components = null): readonly DescribedRow[] {
  const figures = (wanted: MeasuredSubject['subject']) => closenessOf(subjects, wanted)
  return [
    { names: ['denoising/originals'], title: 'Original' },
    { names: ['denoising/corrupted'], title: 'Corrupted', ...figures('CORRUPTED') },
    { names: ['denoising/denoised'], title: 'Denoised by this model', ...figures('DENOISED') },
    ...(subjects.some(({ subject }) => subject === 'WIENER_FILTER')
      ? [
          { names: ['denoising/pca'], title: namePca(components), ...figures('CORRUPTED_PCA') },
          { names: ['denoising/wienerFilter'], title: 'Wiener filter', ...figures('WIENER_FILTER') },
        ]
      : []),
    { names: ['denoising/medianFilter'], title: 'Median filter', ...figures('MEDIAN_FILTER') },
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
    { names: ['inpainting/originals'], title: 'Original' },
    { names: ['inpainting/started'], title: 'Missing half as the mean image', figures: errorOf(meanImageMeanSquaredError) },
    {
      names: ['inpainting/filled'],
      title: chains > 1 ? 'Filled in once' : 'Filled in by this model',
      figures: errorOf(filledMeanSquaredError),
    },
    {
      names: ['inpainting/expected'],
      title: chains > 1 ? `Mean of ${chains} times` : 'Mean of the second half of steps',
      figures: errorOf(meanSquaredError),
    },
  ]
}

/** Describes the rows that set what is decoded of a model's codes beside what JPEG makes of as many bits, at each rate that was kept. */
export function describeCompression(curves: readonly RateCurve[]): readonly DescribedRow[] {
  const pictures = (wanted: RateCurve['codec']) => curves.find(({ codec }) => codec === wanted)?.pictures ?? []
  const jpeg = pictures('JPEG')
  return [
    { names: ['rateDistortion/originals'], title: 'Original' },
    ...pictures('MODEL').flatMap((own, index) => {
      const other = jpeg[index]
      return [
        { names: [`rateDistortion/model-${index + 1}`], title: 'This model', figures: writeRate(own) },
        ...(other ? [{ names: [`rateDistortion/jpeg-${index + 1}`], title: 'JPEG', figures: writeRate(other) }] : []),
      ]
    }),
  ]
}

type Picture = RateCurve['pictures'][number]

const writeRate = ({ bitsPerPixel, peakSignalToNoiseRatio }: Pick<Picture, 'bitsPerPixel' | 'peakSignalToNoiseRatio'>) =>
  `${bitsPerPixel.toFixed(3)} bit/pixel · ${peakSignalToNoiseRatio.toFixed(1)} dB`
