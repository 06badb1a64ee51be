/** How much each part of an analysis looks at, so that all of it takes seconds. */
export interface AnalysisLimits {
  readonly structuralSimilarity: number
  readonly linearProbeTrain: number
  readonly linearProbeTest: number
  readonly kMeans: number
  readonly jacobianNorm: number
  /** Examples whose Jacobians are decomposed. */
  readonly jacobianSpectra: number
  readonly compressionTrain: number
  readonly compressionTest: number
  readonly inpainting: number
  /** How often an inpainted image is encoded and decoded. */
  readonly inpaintingIterations: number
  /** How often that is done anew with other draws from a variational encoder. */
  readonly inpaintingChains: number
  /** Training examples whose reconstructions are measured. */
  readonly training: number
  readonly noise: number
  /** Examples whose likelihood is bounded by importance sampling. */
  readonly importanceWeighted: number
  /** Training examples that the Wiener filter is fitted to. */
  readonly wienerFilter: number
  /** Images at whose codes tangent directions are computed. */
  readonly tangents: number
  /** The same for points, of which a figure shows many. */
  readonly tangentPoints: number
}

export const defaultLimits: AnalysisLimits = {
  structuralSimilarity: 300,
  linearProbeTrain: 4000,
  linearProbeTest: 2000,
  kMeans: 1000,
  jacobianNorm: 250,
  jacobianSpectra: 32,
  compressionTrain: 5000,
  compressionTest: 1000,
  inpainting: 150,
  inpaintingIterations: 20,
  inpaintingChains: 8,
  training: 2000,
  noise: 500,
  importanceWeighted: 500,
  wienerFilter: 2000,
  tangents: 4,
  tangentPoints: 48,
}

/** Codes longer than this have too many tangent directions to look at, and too large a Jacobian to decompose in passing. */
export const MOST_TANGENT_UNITS = 64

/** Returns how many rows of a width are at most so many values in all, but at least `least`. */
export function rowsWithin(
  values: number,
  { width, most, least = 16 }: { readonly width: number; readonly most: number; readonly least?: number },
): number {
  return Math.min(most, Math.max(least, Math.floor(values / width)))
}
