import type { Corruption, Dataset } from '@hourglass/datasets'
import type { ArchitectureConfig, LossName } from '../config/RunConfig.js'
import type { Engine } from '../engines/Engine.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { AnalysisLimits } from './AnalysisLimits.js'

/** What a completed run is analysed from. */
export interface AnalyzeRunOptions {
  readonly architecture: ArchitectureConfig
  readonly loss: LossName
  /** Of the run: noise and clusters depend on it. */
  readonly seed: number
  /** What the run saw of its dataset; only as many examples as the counts say are looked at. */
  readonly dataset: Dataset
  /** @default all of the split */
  readonly trainCount?: number | null | undefined
  /** @default all of the split */
  readonly testCount?: number | null | undefined
  /** How the run's inputs were corrupted. @default not at all */
  readonly corruption?: Corruption | null | undefined
  /** Of the model after its last epoch. */
  readonly parameters: NamedTensors
  readonly engine: Engine
  /** Fitted to the training split, as computePcaBaseline returns them. */
  readonly principalComponents: PrincipalComponents
  /** Ends the analysis between two of its parts: analyzeRun then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** @default defaultLimits */
  readonly limits?: Partial<AnalysisLimits> | undefined
}
