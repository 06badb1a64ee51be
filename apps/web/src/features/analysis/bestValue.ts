import type { Measurement, MetricId, Subject } from '@hourglass/autoencoders'
import type { MeasuredSubject } from '../../entities/analysis/analysisTables'

/** What is made of corrupted test examples; it is compared with itself alone. */
const ofCorrupted: readonly Subject[] = ['DENOISED', 'CORRUPTED', 'CORRUPTED_PCA', 'WIENER_FILTER', 'MEDIAN_FILTER']

/** Parts subjects into those that can be compared with each other. */
export function groupSubjects(
  subjects: readonly MeasuredSubject[],
): readonly { readonly title: string; readonly members: readonly MeasuredSubject[] }[] {
  const isOfCorrupted = ({ subject }: MeasuredSubject) => ofCorrupted.includes(subject)
  const isOfTraining = ({ subject }: MeasuredSubject) => subject === 'TRAINING'
  return [
    { title: 'Of clean test examples', members: subjects.filter((each) => !isOfCorrupted(each) && !isOfTraining(each)) },
    { title: 'Of corrupted ones', members: subjects.filter(isOfCorrupted) },
    { title: 'Of training examples', members: subjects.filter(isOfTraining) },
  ].filter(({ members }) => members.length > 0)
}

/** Finds the best value of subjects by a metric; none where no way is better, or where there is nothing to compare. */
export function bestValue(
  subjects: readonly MeasuredSubject[],
  { id, better }: Pick<Measurement, 'better'> & { readonly id: MetricId },
): number | null {
  const measured = subjects.flatMap(({ metrics }) => metrics[id] ?? [])
  if (better === null || measured.length < 2) return null
  return better === 'lower' ? Math.min(...measured) : Math.max(...measured)
}
