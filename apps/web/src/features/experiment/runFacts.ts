import { isNone, measurementTerm, subjectTerm } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import { scoredOn, scoredWord } from '../../entities/metric/scoredOn'
import { nameBaseline, scoredError } from '../../entities/run/pcaBaseline'
import { formatCount, formatLoss } from '../../ui/formatQuantity'

interface MeasuredRun {
  readonly config: Parameters<typeof readRunConfig>[0]
  readonly parameterCount: number | null
  readonly summary: { readonly validationMeanSquaredError: number | null; readonly peakSignalToNoiseRatio: number | null }
  readonly pcaBaseline: {
    readonly meanSquaredError: number
    readonly validationMeanSquaredError?: number | null
    readonly components?: number
    readonly isWhole?: boolean
  } | null
}

export interface RunFact {
  readonly name: string
  readonly value: string
  /** Of the glossary, where it has one. */
  readonly term?: string
}

/** Lists the numbers that stand beside a run in an experiment's figure, with the SSIM that it was measured with where that belongs there. */
export function runFacts(
  { config, parameterCount, summary, pcaBaseline }: MeasuredRun,
  similarity: number | null = null,
): readonly RunFact[] {
  const { data, corruption } = readRunConfig(config)
  const scored = scoredWord(scoredOn({ data }))
  const pca = subjectTerm(isNone(corruption) ? 'PCA' : 'CORRUPTED_PCA')
  return [
    {
      name: `${scored} MSE`,
      value: formatLoss(summary.validationMeanSquaredError),
      term: measurementTerm('validationMeanSquaredError'),
    },
    ...(summary.peakSignalToNoiseRatio === null
      ? []
      : [
          {
            name: `${scored} PSNR`,
            value: `${summary.peakSignalToNoiseRatio.toFixed(1)} dB`,
            term: measurementTerm('peakSignalToNoiseRatio'),
          },
        ]),
    ...(similarity === null ? [] : [{ name: 'Test SSIM', value: similarity.toFixed(3), term: measurementTerm('structuralSimilarity') }]),
    ...(pcaBaseline === null ? [] : [{ name: nameOf(pcaBaseline), value: formatLoss(scoredError(pcaBaseline)), term: pca }]),
    { name: 'Parameters', value: parameterCount === null ? '–' : formatCount(parameterCount), term: 'parameters' },
  ]
}

/** Says of PCA how many components it keeps where these are fewer than the code has units, since there are no more. */
function nameOf({ components = 0, isWhole = false }: NonNullable<MeasuredRun['pcaBaseline']>): string {
  return isWhole ? nameBaseline({ components, isWhole }, false) : 'PCA'
}
