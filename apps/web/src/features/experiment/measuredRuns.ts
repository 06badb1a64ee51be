import type { ExperimentRun } from './useExperiment'
import type { RunAnalysis } from './useExperimentAnalyses'

/** Runs with what they were measured with after their last epochs. */
export interface MeasuredRuns<Run = ExperimentRun> {
  readonly runs: readonly Run[]
  /** By run; null for one that was not measured, missing while nothing is known. */
  readonly analyses: ReadonlyMap<string, RunAnalysis | null>
}
