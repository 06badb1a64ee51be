import type { Bounds } from './Bounds.js'
import { type Case, differenceCase, ratioCase } from './Case.js'
import type { RunFacts } from './RunFacts.js'
import { measured } from './Term.js'

/** Sets the error of a run over that of PCA with as many components, both clipped to 0…1. */
export function errorOverPca(run: RunFacts, bounds: Bounds): Case {
  return ratioCase(measured(run, 'meanSquaredError'), measured(run, 'meanSquaredError', 'PCA'), bounds)
}

/** The same, as it is minimized: not clipped. */
export function unclippedErrorOverPca(run: RunFacts, bounds: Bounds): Case {
  return ratioCase(measured(run, 'unclippedMeanSquaredError'), measured(run, 'unclippedMeanSquaredError', 'PCA'), bounds)
}

/** Sets the error of a run over that of the mean image, both clipped to 0…1. */
export function errorOverMeanImage(run: RunFacts, bounds: Bounds): Case {
  return ratioCase(measured(run, 'meanSquaredError'), measured(run, 'meanSquaredError', 'MEAN_IMAGE'), bounds)
}

/** Sets how well a run takes its corruption away beside the median filter, in decibels or in SSIM. */
export function aheadOfFilter(run: RunFacts, metric: 'peakSignalToNoiseRatio' | 'structuralSimilarity', above: number): Case {
  return differenceCase(measured(run, metric, 'DENOISED'), measured(run, metric, 'MEDIAN_FILTER'), { above })
}
