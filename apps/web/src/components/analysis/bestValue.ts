import type { MetricDescription, MetricId, Subject } from '@hourglass/autoencoders'
import type { MeasuredSubject } from './analysisTables'

/** What is compared with each other: what was made of test examples as they are, and what was made of corrupted ones. */
export const subjectGroups: readonly { readonly title: string; readonly subjects: readonly Subject[] }[] = [
  { title: 'Of clean test examples', subjects: ['MODEL', 'PCA', 'MEAN_IMAGE', 'PIXELS'] },
  { title: 'Of corrupted ones', subjects: ['DENOISED', 'CORRUPTED', 'MEDIAN_FILTER'] },
]

/** Finds the best value of subjects by a metric; none where no way is better, or where there is nothing to compare. */
export function bestValue(
  subjects: readonly MeasuredSubject[],
  { id, better }: Pick<MetricDescription, 'better'> & { readonly id: MetricId },
): number | null {
  const measured = subjects.flatMap(({ metrics }) => metrics[id] ?? [])
  if (better === null || measured.length < 2) return null
  return better === 'lower' ? Math.min(...measured) : Math.max(...measured)
}
