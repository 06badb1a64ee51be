import type { MetricId } from '@hourglass/autoencoders'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { formatCount } from '../../ui/formatQuantity'

type Counts = Omit<AnalysisFieldsFragment['counts'], '__typename'>
type Chosen = AnalysisFieldsFragment['chosen']

/** What metrics that do not go through all test examples look at. */
const limited: Partial<Record<MetricId, keyof Counts | null>> = {
  structuralSimilarity: 'structuralSimilarity',
  kMeansNormalizedMutualInformation: 'kMeans',
  kMeansAdjustedRandIndex: 'kMeans',
  jacobianNorm: 'jacobianNorm',
  scaledJacobianNorm: 'jacobianNorm',
  reconstructionJacobianNorm: 'jacobianSpectra',
  scaledReconstructionJacobianNorm: 'jacobianSpectra',
  inpaintingMeanSquaredError: 'inpainting',
  noiseMeanSquaredError: null,
  subspaceAngle: null,
}

/** Says which examples a metric was measured on; undefined for what looks at none. */
export function examplesLookedAt(metric: MetricId, counts: Counts, chosen: Chosen): string | undefined {
  const some = (count: number, split: string) =>
    chosen === 'RANDOM' ? `${formatCount(count)} random ${split} examples` : `the first ${formatCount(count)} ${split} examples`
  if (metric === 'linearProbeAccuracy' || metric === 'linearProbeRegularization') {
    return `Trained on ${some(counts.linearProbeTrain, 'training')}, measured on ${some(counts.linearProbeTest, 'test')}.`
  }
  const count = limited[metric]
  if (count === null) return undefined
  return count === undefined || counts[count] === counts.test
    ? `On ${formatCount(counts.test)} test examples.`
    : `On ${some(counts[count], 'test')}.`
}
