import { formatCount, formatLoss } from '../components/run/formatQuantity'

interface MeasuredRun {
  readonly parameterCount: number | null
  readonly summary: { readonly validationMeanSquaredError: number | null; readonly peakSignalToNoiseRatio: number | null }
  readonly pcaBaseline: { readonly meanSquaredError: number } | null
}

export interface RunFact {
  readonly name: string
  readonly value: string
}

/** Lists the numbers that stand beside a run in an experiment's figure. */
export function runFacts({ parameterCount, summary, pcaBaseline }: MeasuredRun): readonly RunFact[] {
  return [
    { name: 'Test MSE', value: formatLoss(summary.validationMeanSquaredError) },
    ...(summary.peakSignalToNoiseRatio === null ? [] : [{ name: 'PSNR', value: `${summary.peakSignalToNoiseRatio.toFixed(1)} dB` }]),
    ...(pcaBaseline === null ? [] : [{ name: 'PCA', value: formatLoss(pcaBaseline.meanSquaredError) }]),
    { name: 'Parameters', value: parameterCount === null ? '–' : formatCount(parameterCount) },
  ]
}
