import type { Bounds } from './Bounds.js'
import { type Case, differenceCase, ratioCase } from './Case.js'
import type { Claim } from './Claim.js'
import { codeSize, isDenoising, type RunFacts } from './RunFacts.js'
import { measured, type Term } from './Term.js'

/** Sets the error of a run over that of PCA with as many components, both clipped to 0…1. */
export function errorOverPca(run: RunFacts, bounds: Bounds): Case {
  return ratioCase([measured(run, 'meanSquaredError'), measured(run, 'meanSquaredError', 'PCA')], bounds)
}

/** The same, as it is minimized: not clipped. */
export function unclippedErrorOverPca(run: RunFacts, bounds: Bounds): Case {
  return ratioCase([measured(run, 'unclippedMeanSquaredError'), measured(run, 'unclippedMeanSquaredError', 'PCA')], bounds)
}

/** Sets the error of a run over that of the mean image, both clipped to 0…1. */
export function errorOverMeanImage(run: RunFacts, bounds: Bounds): Case {
  return ratioCase([measured(run, 'meanSquaredError'), measured(run, 'meanSquaredError', 'MEAN_IMAGE')], bounds)
}

/** Sets how well a run takes its corruption away beside the median filter, in decibels or in SSIM. */
export function aheadOfFilter(run: RunFacts, metric: 'peakSignalToNoiseRatio' | 'structuralSimilarity', above: number): Case {
  return differenceCase([measured(run, metric, 'DENOISED'), measured(run, metric, 'MEDIAN_FILTER')], { above })
}

type Closeness = 'peakSignalToNoiseRatio' | 'structuralSimilarity'

/**
 * Tells whether fewer principal components than there are would be as many as the code has units; of all of them, PCA gives back what it is given. Where an analysis
 * does not say how many there are, there could be more.
 */
export function isBelowRank(run: RunFacts): boolean {
  const rank = run.analysis?.principalComponents?.rank
  return rank === undefined || codeSize(run) < rank
}

/**
 * Takes what is measured of the better of the two linear denoisers that see the same corrupted images: as many principal components as the code has units, where these
 * are not all, and the Wiener filter in PCA's basis, which needs no code. Not measured where one of them is not.
 */
function bestLinear(run: RunFacts, metric: Closeness): Term {
  const wiener = measured(run, metric, 'WIENER_FILTER')
  if (wiener.value === null || !isBelowRank(run)) return wiener
  const pca = measured(run, metric, 'CORRUPTED_PCA')
  return pca.value === null || pca.value > wiener.value ? pca : wiener
}

/** What is claimed of every denoising experiment: that a model earns its nonlinearity. `noun` says what its runs differ in. */
export function aheadOfLinear(noun: string): Claim {
  return {
    id: 'ahead-of-linear',
    expectation:
      'Every model is ahead in PSNR of the best linear one that sees the same corrupted images: the Wiener filter in PCA’s basis, or PCA with as many components where that does better.',
    noun,
    needs: 'a denoising run',
    cases: (runs) =>
      runs
        .filter(isDenoising)
        .map((run) =>
          differenceCase([measured(run, 'peakSignalToNoiseRatio', 'DENOISED'), bestLinear(run, 'peakSignalToNoiseRatio')], { above: 0 }),
        ),
  }
}
