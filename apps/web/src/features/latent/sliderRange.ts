import type { DimensionSpread } from '@hourglass/autoencoders/latent'

/** A range a slider can move in: that of the test data, widened where the dimension never varies. */
export function sliderRange({ minimum, maximum }: Pick<DimensionSpread, 'minimum' | 'maximum'>): { minimum: number; maximum: number } {
  if (maximum > minimum) return { minimum, maximum }
  const margin = Math.max(1e-3, Math.abs(minimum) * 0.1)
  return { minimum: minimum - margin, maximum: maximum + margin }
}
