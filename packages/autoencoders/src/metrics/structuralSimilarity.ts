// The package's own entry rounds images to 8 bits; this is the same function on exact values.
import { ssim } from 'ssim.js/dist/ssim.js'
import { AutoencoderError } from '../AutoencoderError.js'
import { clipToUnit } from './clipToUnit.js'
import { requireSameLength } from './requireSameLength.js'

/** The constants of the paper; a bit depth of 1 stands for a dynamic range of 1. */
const options = { windowSize: 11, k1: 0.01, k2: 0.03, bitDepth: 1, downsample: false, rgb2grayVersion: 'original', ssim: 'fast' } as const

/**
 * Computes the mean structural similarity of grey images [n, height, width], clipped to 0…1:
 *
 *     SSIM = (2 μₓμᵣ + c₁)(2 σₓᵣ + c₂) / ((μₓ² + μᵣ² + c₁)(σₓ² + σᵣ² + c₂)),  c₁ = 0.01², c₂ = 0.03²
 *
 * in Gaussian windows of 11 × 11 pixels and σ = 1.5, averaged over the windows that lie inside the image, then over images. 1 is equality.
 * Source: Wang et al. 2004, equation 13.
 */
export function structuralSimilarity(
  originals: Float32Array,
  reconstructions: Float32Array,
  [height, width]: readonly [height: number, width: number],
): number {
  if (Math.min(height, width) < options.windowSize) {
    throw new AutoencoderError(
      'WRONG_LENGTH',
      `SSIM: expected images of at least ${options.windowSize} pixels a side, got ${height} × ${width}`,
    )
  }
  const size = height * width
  requireSameLength('SSIM', originals, { other: reconstructions, width: size })
  let sum = 0
  for (let begin = 0; begin < originals.length; begin += size) {
    const matrixOf = (images: Float32Array) => ({ width, height, data: Array.from(clipToUnit(images.subarray(begin, begin + size))) })
    const { data } = ssim(matrixOf(originals), matrixOf(reconstructions), options)
    sum += data.reduce((total, value) => total + value, 0) / data.length
  }
  return (sum * size) / originals.length
}
