import type { MetricId } from '@hourglass/autoencoders'

/** Names what a finished run was measured with, which epochs may have been measured with too. */
export function finalValueName(id: MetricId): string {
  return `test.${id}`
}
