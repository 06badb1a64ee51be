import type { MetricDescription, MetricId, Subject } from '@hourglass/autoencoders'
import type { MeasuredSubject } from './analysisTables'

/** What is compared with each other: what was made of test examples as they are, and what was made of corrupted ones. */
export const subjectGroups: readonly { readonly title: string; readonly subjects: readonly Subject[] }[] = [
  { title: 'Of clean test examples', subjects: ['MODEL', 'PCA', 'MEAN_IMAGE', 'PIXELS'] },
  { title: 'Of corrupted ones', subjects: ['DENOISED', 'CORRUPTED', 'MEDIAN_FILTER'] },
]

/** Finds the best of subjects by a metric; none where no way is better, or where there is nothing to compare. */
export function bestSubject(
  subjects: readonly MeasuredSubject[],
  { id, better }: Pick<MetricDescription, 'better'> & { readonly id: MetricId },
): Subject | null {
  const measured = subjects.flatMap(({ subject, metrics }) => {
    const value = metrics[id]
    return value === null ? [] : [{ subject, value }]
  })
  if (better === null || measured.length < 2) return null
  const best = measured.reduce((leader, each) =>
    (better === 'lower' ? each.value < leader.value : each.value > leader.value) ? each : leader,
  )
  return best.subject
}
