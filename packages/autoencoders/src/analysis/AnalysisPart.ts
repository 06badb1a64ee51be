import type { z } from 'zod'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { ExampleCounts } from './ExampleCounts.js'
import type { SubjectMetrics } from './SubjectMetrics.js'
import type { Subject } from './subjects.js'

/** What a part of an analysis found. */
export interface PartResult<Value> {
  readonly value: Value
  /** Metrics that were measured on the way. Those of a later part take the place of an earlier one's. */
  readonly subjects?: Readonly<Partial<Record<Subject, Partial<SubjectMetrics>>>>
  /** How many examples were looked at. */
  readonly counts?: Partial<ExampleCounts>
  /** By name, `inpainting/filled`: images [n, height, width] and the like. */
  readonly figures?: NamedTensors
}

/** Measures something; undefined where it does not apply to the run. */
export type Measure<Value> = (context: AnalysisContext) => Promise<PartResult<Value> | undefined>

/** A part of an analysis: what it says, what is shown of it, and how it is measured. */
export interface AnalysisPart<Schema extends z.ZodDefault = z.ZodDefault, Figure extends string = string> {
  /** Described for readers of the API; its default stands in where the part does not apply or an earlier analysis lacks it. */
  readonly schema: Schema
  /** What the figure of an experiment shows of it, which has the part's name. @default experiments have none of it */
  readonly figure?: Figure
  /** Whoever only reads analyses loads this file too: what needs TensorFlow.js or other large libraries is imported in here. */
  readonly measure: Measure<z.output<Schema>>
}

/** Holds a measure to the schema beside it. */
export function analysisPart<Schema extends z.ZodDefault, Figure extends string = never>(
  part: AnalysisPart<Schema, Figure>,
): AnalysisPart<Schema, Figure> {
  return part
}
