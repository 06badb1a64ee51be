import { epochMetricCatalog } from '@hourglass/autoencoders'
import type { ShownMetric } from './curvesOf'

export interface DescribedMetric {
  readonly title: string
  /** Title and unit, for an axis. */
  readonly axis: string
  /** What it says and how it is computed; null where the title says it all. */
  readonly definition: string | null
}

/** Describes what a run's curves show. */
export function describeMetric(metric: ShownMetric, lossIsMse: boolean): DescribedMetric {
  const described = epochMetricCatalog.find(({ id }) => id === metric)
  if (described) {
    const { title, unit, description, formula } = described
    return { title, axis: unit ? `${title} (${unit})` : title, definition: `${description} ${formula}` }
  }
  const axis = lossIsMse || metric === 'mse' ? 'Mean squared error' : 'Binary cross-entropy'
  return { title: metric === 'mse' ? 'Reconstruction MSE' : 'Loss', axis, definition: null }
}
