import type { Dataset } from '@hourglass/datasets'
import type { RunConfig } from '../config/RunConfig.js'
import type { Engine } from '../engines/Engine.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { AnalysisLimits } from './AnalysisLimits.js'
import type { SharedMeasurements } from './SharedMeasurements.js'

/** What a completed run is analysed from. */
export interface AnalyzeRunOptions {
  /** Of the run: its model, its corruption, how many examples it used, and the seed that noise and clusters depend on. */
  readonly config: RunConfig
  /** The data set that the configuration names. */
  readonly dataset: Dataset
  /** Of the model after its last epoch. */
  readonly parameters: NamedTensors
  readonly engine: Engine
  /** Fitted to the training split, as computePcaBaseline returns them. */
  readonly principalComponents: PrincipalComponents
  /** Ends the analysis between two of its parts: analyzeRun then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Hears how many parts are measured, of how many, before each, which waits for it. */
  readonly onPart?: ((measured: number, parts: number) => void | Promise<void>) | undefined
  /** What runs of the same examples share. @default nothing: all is measured anew */
  readonly shared?: SharedMeasurements | undefined
  /** @default defaultLimits */
  readonly limits?: Partial<AnalysisLimits> | undefined
}
