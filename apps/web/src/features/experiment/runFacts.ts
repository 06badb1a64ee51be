import { formatCount, formatLoss } from '../../ui/formatQuantity'

interface MeasuredRun {
  readonly parameterCount: number | null
  readonly summary: { readonly validationMeanSquaredError: number | null; readonly peakSignalToNoiseRatio: number | null }
  readonly pcaBaseline: { readonly meanSquaredError: number } | null
}

export interface RunFact {
  readonly name: string
  readonly value: string
}

/** Lists the numbers that stand beside a run in an experiment's figure, with the SSIM that it was measured with where that belongs there. */
export function runFacts({ parameterCount, summary, pcaBaseline }: MeasuredRun, similarity: number | null = null): readonly RunFact[] {
  return [
    { name: 'Test MSE', value: formatLoss(summary.validationMeanSquaredError) },
    ...(summary.peakSignalToNoiseRatio === null ? [] : [{ name: 'PSNR', value: `${summary.peakSignalToNoiseRatio.toFixed(1)} dB` }]),
    ...(similarity === null ? [] : [{ name: 'SSIM', value: similarity.toFixed(3) }]),
    ...(pcaBaseline === null ? [] : [{ name: 'PCA', value: formatLoss(pcaBaseline.meanSquaredError) }]),
    { name: 'Parameters', value: parameterCount === null ? '–' : formatCount(parameterCount) },
  ]
}
