import { AutoencoderError } from '../AutoencoderError.js'
import { requireSameLength } from './requireSameLength.js'

/** Pixels of a window's side, and the standard deviation of its weights. */
const WINDOW = 11
const DEVIATION = 1.5
/** The constants of the paper for a dynamic range of 1. */
const [C1, C2] = [0.01 ** 2, 0.03 ** 2]

const weights = (() => {
  const heights = Float64Array.from({ length: WINDOW }, (_, index) => Math.exp(-((index - (WINDOW - 1) / 2) ** 2) / (2 * DEVIATION ** 2)))
  const sum = heights.reduce((all, height) => all + height, 0)
  return heights.map((height) => height / sum)
})()

/**
 * Computes the mean structural similarity of grey images [n, height, width], clipped to 0…1:
 *
 *     SSIM = (2 μₓμᵣ + c₁)(2 σₓᵣ + c₂) / ((μₓ² + μᵣ² + c₁)(σₓ² + σᵣ² + c₂)),  c₁ = 0.01², c₂ = 0.03²
 *
 * in Gaussian windows of 11 × 11 pixels and σ = 1.5, averaged over the windows that lie inside the image, then over images. 1 is equality.
 * Source: Wang et al. 2004, equation 13.
 *
 * Written out over flat arrays, since a library of matrices takes ten times as long, for the longest part of what is measured of reconstructions.
 */
export function structuralSimilarity(
  originals: Float32Array,
  reconstructions: Float32Array,
  sides: readonly [height: number, width: number],
): number {
  const [height, width] = sides
  if (Math.min(height, width) < WINDOW) {
    throw new AutoencoderError('WRONG_LENGTH', `SSIM: expected images of at least ${WINDOW} pixels a side, got ${height} × ${width}`)
  }
  const size = height * width
  requireSameLength('SSIM', originals, { other: reconstructions, width: size })
  const means = createWindowMeans(sides)
  const [x, r, product] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  let sum = 0
  for (let begin = 0; begin < originals.length; begin += size) {
    for (let index = 0; index < size; index++) {
      x[index] = clipped(originals[begin + index] as number)
      r[index] = clipped(reconstructions[begin + index] as number)
    }
    const meanOfProducts = (left: Float64Array, right: Float64Array) => {
      for (let index = 0; index < size; index++) product[index] = (left[index] as number) * (right[index] as number)
      return means(product)
    }
    sum += similarityOf({ x: means(x), r: means(r), xx: meanOfProducts(x, x), rr: meanOfProducts(r, r), xr: meanOfProducts(x, r) })
  }
  return (sum * size) / originals.length
}

const clipped = (value: number) => (value < 0 ? 0 : value > 1 ? 1 : value)

/** Weighted means in every window, of both images and of their products. */
type Moments = Readonly<Record<'x' | 'r' | 'xx' | 'rr' | 'xr', Float64Array>>

function similarityOf({ x, r, xx, rr, xr }: Moments): number {
  let sum = 0
  for (let index = 0; index < x.length; index++) {
    const [meanX, meanR] = [x[index] as number, r[index] as number]
    const [both, squares] = [meanX * meanR, meanX * meanX + meanR * meanR]
    const covariance = (xr[index] as number) - both
    const variances = (xx[index] as number) + (rr[index] as number) - squares
    sum += ((2 * both + C1) * (2 * covariance + C2)) / ((squares + C1) * (variances + C2))
  }
  return sum / x.length
}

/** Makes what averages an image [height, width] in every window inside it, along rows and then along columns. */
function createWindowMeans([height, width]: readonly [height: number, width: number]): (image: Float64Array) => Float64Array {
  const [rows, columns] = [height - WINDOW + 1, width - WINDOW + 1]
  const alongRows = new Float64Array(height * columns)
  return (image) => {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0
        for (let offset = 0; offset < WINDOW; offset++)
          sum += (weights[offset] as number) * (image[row * width + column + offset] as number)
        alongRows[row * columns + column] = sum
      }
    }
    const means = new Float64Array(rows * columns)
    for (let place = 0; place < means.length; place++) {
      let sum = 0
      for (let offset = 0; offset < WINDOW; offset++) sum += (weights[offset] as number) * (alongRows[place + offset * columns] as number)
      means[place] = sum
    }
    return means
  }
}
