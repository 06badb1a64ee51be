import type { RateDistortionPoint } from './RateDistortionPoint.js'

/** Bits a pixel at which codes are compared with JPEG and PCA: what each makes of so many or fewer. */
export const comparedRates = [0.1, 0.2, 0.25] as const
/** How many rates are shown at most. */
export const MOST_SHOWN = 2
/** Rates that are shown lie so far apart at least, as a ratio. */
const APART = 1.3

/**
 * Picks the points of a model's curve whose images are worth setting beside JPEG's: the coarsest and the finest that cost as many bits a pixel as a file
 * costs at least; the finest alone where none does.
 */
export function pointsToShow<Point extends RateDistortionPoint>(points: readonly Point[], leastRate: number): readonly Point[] {
  const rising = points.toSorted((a, b) => a.bitsPerPixel - b.bitsPerPixel)
  const finest = rising.at(-1)
  const coarsest = rising.find(({ bitsPerPixel }) => bitsPerPixel >= leastRate) ?? finest
  if (!finest || !coarsest) return []
  return finest.bitsPerPixel >= APART * coarsest.bitsPerPixel ? [coarsest, finest] : [coarsest]
}

/** Finds the point that costs most nearly so many bits a pixel. */
export function nearestInRate<Point extends RateDistortionPoint>(points: readonly Point[], rate: number): Point | undefined {
  const distance = ({ bitsPerPixel }: Point) => Math.abs(Math.log(bitsPerPixel / rate))
  const [first, ...others] = points
  return first && others.reduce((best, each) => (distance(each) < distance(best) ? each : best), first)
}
