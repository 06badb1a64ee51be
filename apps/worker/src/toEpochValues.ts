import { epochMetricCatalog } from '@hourglass/autoencoders'
import type { EpochMetrics } from '@hourglass/autoencoders/training'

/** Lays out what an epoch measured by name. What does not apply is left out; null stands for what is not finite. */
export function toEpochValues(metrics: EpochMetrics): Record<string, number | null> {
  const { trainLoss, validationLoss, validationMeanSquaredError, seconds, imagesPerSecond } = metrics
  const losses = { trainLoss, validationLoss, validationMeanSquaredError, seconds, imagesPerSecond }
  const measured = epochMetricCatalog.map(({ id }) => [id, metrics[id]] as const)
  const applying = [...Object.entries(losses), ...measured].filter((entry): entry is [string, number] => entry[1] !== null)
  return Object.fromEntries(applying.map(([name, value]) => [name, Number.isFinite(value) ? value : null]))
}
