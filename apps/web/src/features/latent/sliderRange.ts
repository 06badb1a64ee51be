import type { Interval } from '@hourglass/autoencoders/latent'

/** A range a slider can move in: the given one, widened where it has no length. */
export function sliderRange({ minimum, maximum }: Interval): Interval {
  if (maximum > minimum) return { minimum, maximum }
  const margin = Math.max(1e-3, Math.abs(minimum) * 0.1)
  return { minimum: minimum - margin, maximum: maximum + margin }
}
