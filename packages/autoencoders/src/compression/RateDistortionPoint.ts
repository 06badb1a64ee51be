/** One setting of a codec on a set of images. */
export interface RateDistortionPoint {
  /** The step of quantisation as a share of the largest spread, or JPEG's quality. */
  readonly setting: number
  /** Bits of the compressed bytes over pixels of the images. */
  readonly bitsPerPixel: number
  /** Of decompressed images in 0…1. */
  readonly meanSquaredError: number
  /** Mean over images, in dB. */
  readonly peakSignalToNoiseRatio: number
}
