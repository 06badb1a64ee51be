import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { Analysis, SubjectMetrics } from './analysisSchema.js'
import type { Subject } from './subjects.js'

/** What a part of an analysis found. */
export interface PartResult<Value> {
  readonly value: Value
  /** Metrics that were measured on the way. Those of a later part take the place of an earlier one's. */
  readonly subjects?: Readonly<Partial<Record<Subject, Partial<SubjectMetrics>>>>
  /** How many examples were looked at. */
  readonly counts?: Partial<Analysis['counts']>
  /** By name, `inpainting/filled`: images [n, height, width] and the like. */
  readonly figures?: NamedTensors
}

/** Measures a part of an analysis; undefined where it does not apply to the run. */
export type AnalysisPart<Value> = (context: AnalysisContext) => Promise<PartResult<Value> | undefined>
