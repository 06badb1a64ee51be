import type { MetricId } from '@hourglass/autoencoders'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { formatCount } from '../../ui/formatQuantity'

type Counts = AnalysisFieldsFragment['counts']

const firstOf = (count: number) => `On the first ${formatCount(count)} test examples.`
const clustered = ({ kMeans }: Counts) => `${firstOf(kMeans).slice(0, -1)}; of pixels, which are many values, on fewer.`

/** What metrics that do not go through all test examples look at. */
const limited: Partial<Record<MetricId, (counts: Counts) => string | undefined>> = {
  structuralSimilarity: ({ structuralSimilarity }) => firstOf(structuralSimilarity),
  linearProbeAccuracy: ({ linearProbeTrain, linearProbeTest }) =>
    `Trained on the first ${formatCount(linearProbeTrain)} training examples, measured on the first ${formatCount(linearProbeTest)} test examples.`,
  kMeansNormalizedMutualInformation: clustered,
  kMeansAdjustedRandIndex: clustered,
  jacobianNorm: ({ jacobianNorm }) => firstOf(jacobianNorm),
  inpaintingMeanSquaredError: ({ inpainting }) => firstOf(inpainting),
  noiseMeanSquaredError: () => undefined,
  subspaceAngle: () => undefined,
}

/** Says which examples a metric was measured on; undefined for what looks at none. */
export function examplesLookedAt(metric: MetricId, counts: Counts): string | undefined {
  return limited[metric] ? limited[metric](counts) : `On ${formatCount(counts.test)} test examples.`
}
