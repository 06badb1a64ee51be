import { completeRunConfig, metricCatalog, type RunConfigInput } from '@hourglass/autoencoders'
import { writeRunConfig } from '../src/data/readRunConfig'
import type { ExperimentRun } from '../src/features/experiment/useExperiment'
import type { RunAnalysis } from '../src/features/experiment/useExperimentAnalyses'

const nothing = Object.fromEntries(metricCatalog.map(({ id }) => [id, null]))
type Metrics = Partial<RunAnalysis['subjects'][number]['metrics']>

/** A run of an experiment. */
export function runOf(number: number, config: RunConfigInput): ExperimentRun {
  const [id, label] = [`run${number}`, `run ${number}`]
  const dataset = { id: 'mnist', title: 'MNIST', exampleShape: [28, 28] }
  const pcaBaseline = { components: 32, meanSquaredError: 0.017 }
  return { id, number, label, config: writeRunConfig(completeRunConfig(config)), dataset, pcaBaseline } as unknown as ExperimentRun
}

/** What was measured of a run: what is not given is null. */
export function analysisOf(subjects: Readonly<Record<string, Metrics>>, subspaceAngles: readonly number[] | null = null): RunAnalysis {
  const rows = Object.entries(subjects).map(([subject, metrics]) => ({ subject, metrics: { ...nothing, ...metrics } }))
  return { subjects: rows, subspaceAngles } as unknown as RunAnalysis
}
