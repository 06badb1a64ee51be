import { trainedCatalog } from '@hourglass/autoencoders'
import type { EpochMetrics } from '@hourglass/autoencoders/training'

/** Lays out what an epoch measured by name. What does not apply is left out; null stands for what is not finite. */
export function toEpochValues(metrics: EpochMetrics): Record<string, number | null> {
  return Object.fromEntries(
    trainedCatalog.flatMap(({ id }) => {
      const value = metrics[id]
      return value === null ? [] : [[id, Number.isFinite(value) ? value : null]]
    }),
  )
}
