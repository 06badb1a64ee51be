import type { MetricId, Subject } from '@hourglass/autoencoders'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { formatCount, formatCounted } from '../../ui/formatQuantity'

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
  importanceWeightedBitsPerPixel: 'importanceWeighted',
  subspaceAngle: null,
}

/** What metrics look at of training data, which have a column of their own. */
const ofTraining: Partial<Record<MetricId, keyof Counts>> = {
  meanSquaredError: 'training',
  unclippedMeanSquaredError: 'training',
  peakSignalToNoiseRatio: 'training',
  structuralSimilarity: 'trainingSimilarity',
}

/** Says which examples a metric was measured on, as the analysis counted them; undefined for what looks at none, and where an earlier one did not count them. */
export function examplesLookedAt(metric: MetricId, counts: Counts, chosen: Chosen): string | undefined {
  const some = (count: number, split: string) => writeSome(count, split, chosen)
  if (metric === 'linearProbeAccuracy' || metric === 'linearProbeRegularization') {
    return `Trained on ${some(counts.linearProbeTrain, 'training')}, measured on ${some(counts.linearProbeTest, 'test')}.`
  }
  if (metric === 'noiseMeanSquaredError') return counts.noise > 0 ? `On ${formatCounted(counts.noise, 'image')} of noise.` : undefined
  const key = limited[metric]
  if (key === null) return undefined
  const count = key === undefined ? counts.test : counts[key]
  if (count === 0) return undefined
  const test = count === counts.test ? formatCounted(count, 'test example') : some(count, 'test')
  const training = counts[ofTraining[metric] ?? 'training']
  return ofTraining[metric] && training > 0 ? `On ${test}; of training data on ${some(training, 'training')}.` : `On ${test}.`
}

/** Says which training examples a subject was fitted to, where these are not all; null for others. */
export function examplesFittedTo(subject: Subject, counts: Counts, chosen: Chosen): string | null {
  return subject === 'WIENER_FILTER' && counts.wienerFilter > 0 ? `Fitted to ${writeSome(counts.wienerFilter, 'training', chosen)}.` : null
}

function writeSome(count: number, split: string, chosen: Chosen): string {
  if (chosen === 'RANDOM') return formatCounted(count, `random ${split} example`)
  return count === 1 ? `the first ${split} example` : `the first ${formatCount(count)} ${split} examples`
}
