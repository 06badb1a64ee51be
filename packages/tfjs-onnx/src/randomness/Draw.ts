/** What numbers are drawn from. Uniform numbers lie in [low, high); truncated normal ones within two standard deviations of the mean. */
export type DrawnDistribution =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly standardDeviation: number }
  | { readonly kind: 'truncatedNormal'; readonly mean: number; readonly standardDeviation: number }

/** Random numbers that a compiled function draws anew in every run. */
export interface Draw {
  /** The number of draws before it in the function. */
  readonly place: number
  readonly distribution: DrawnDistribution
  /** The seed that the call was given. It takes the place of the state's seed and of `place`. @default none */
  readonly seed?: number
}

/** Writes a draw as printed graphs show it: `normal(0, 1)`. */
export function formatDraw({ distribution, seed }: Draw): string {
  const { kind, ...parameters } = distribution
  return `${kind}(${Object.values(parameters).join(', ')})${seed === undefined ? '' : ` by seed ${seed}`}`
}
