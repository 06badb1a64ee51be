/** What an image that is reconstructed exactly counts as, in dB; its ratio is infinite and would make every mean infinite. */
export const PSNR_CEILING = 100

/** Computes −10 log₁₀ of a mean squared error: the peak signal-to-noise ratio in dB of values whose peak is 1, at most PSNR_CEILING. */
export function decibelsOf(squaredError: number): number {
  return Math.min(PSNR_CEILING, -10 * Math.log10(squaredError))
}

/**
 * Computes the mean over images of 10 log₁₀(1 / MSE) in dB from the mean squared errors of images with values in 0…1. The mean is over each image's own
 * ratio, so it is not the ratio of the mean error. An image without any error counts as PSNR_CEILING.
 */
export function peakSignalToNoiseRatio(squaredErrors: Float64Array): number {
  return squaredErrors.reduce((sum, error) => sum + decibelsOf(error), 0) / squaredErrors.length
}
