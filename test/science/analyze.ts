import type { Analysis, PrincipalComponents, SubjectMetrics } from '@hourglass/autoencoders'
import { type AnalysisLimits, analyzeRun, createEngine } from '@hourglass/autoencoders/analysis'
import { computePcaBaseline, type PcaBaseline } from '@hourglass/autoencoders/training'
import type { Dataset } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { isFull } from './scale.js'
import type { TrainedRun } from './trainRun.js'

const baselines = new Map<string, Promise<{ dataset: Dataset; baseline: PcaBaseline }>>()

/** Loads what a run was trained on, with its principal components, once for all runs on the same examples. */
export function baselineOf({ data }: TrainedRun['config']): Promise<{ dataset: Dataset; baseline: PcaBaseline }> {
  const key = JSON.stringify(data)
  const known = baselines.get(key)
  if (known) return known
  const computed = loadDataset(data.dataset, data).then(async (dataset) => ({ dataset, baseline: await computePcaBaseline({ dataset }) }))
  baselines.set(key, computed)
  return computed
}

/** What the short version looks at of the parts of an analysis that a test does not name. */
const glance: Partial<AnalysisLimits> = {
  structuralSimilarity: 50,
  linearProbeTrain: 50,
  linearProbeTest: 50,
  kMeans: 50,
  compressionTrain: 100,
  compressionTest: 20,
  inpainting: 10,
  inpaintingIterations: 2,
  inpaintingChains: 2,
  noise: 20,
  tangents: 1,
}

/** Measures a trained run and what it is compared with: in full the whole of it, else little beside the parts that are needed. */
export async function analyze({ config, parameters }: TrainedRun, needed: Partial<AnalysisLimits> = {}): Promise<Analysis> {
  const { dataset, baseline } = await baselineOf(config)
  const { analysis } = await analyzeRun({
    config,
    dataset,
    parameters,
    engine: await createEngine(config.training.engine),
    principalComponents: baseline.principalComponents as PrincipalComponents,
    limits: isFull ? undefined : { ...glance, ...needed },
  })
  return analysis
}

/** Picks the metrics of one subject; throws where it was not measured. */
export function metricsOf(analysis: Analysis, subject: Analysis['subjects'][number]['subject']): SubjectMetrics {
  const row = analysis.subjects.find((each) => each.subject === subject)
  if (!row) throw new Error(`expected one of ${analysis.subjects.map((each) => each.subject).join(', ')}, got ${subject}`)
  return row.metrics
}
