import { setImmediate } from 'node:timers/promises'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { type AnalysisContext, createAnalysisContext } from './AnalysisContext.js'
import type { AnalysisPart, Measure, PartResult } from './AnalysisPart.js'
import type { AnalyzeRunOptions } from './AnalyzeRunOptions.js'
import { analysisParts, type PartKey } from './analysisParts.js'
import type { Analysis } from './analysisSchema.js'
import { noExamples } from './ExampleCounts.js'
import type { SubjectMetrics } from './SubjectMetrics.js'
import { subjectParts } from './subjectParts.js'
import { subjects } from './subjects.js'
import { toRow } from './toRow.js'

export interface RunAnalysis {
  /** Plain JSON, as analysisSchema describes. */
  readonly analysis: Analysis
  /**
   * Images for figures by name, [n, height, width]; of tangent directions [examples, directions, height, width], or [examples, directions,
   * 2, 1] for points, which lie at `tangents/points` [examples, 2].
   */
  readonly figures: NamedTensors
}

/**
 * Measures a completed run on test examples, outside of training: every number of metricCatalog that applies to the model and to what it
 * is compared with, rate-distortion curves, inpainting, tangent spaces. It takes seconds, looks at examples drawn at random where all would
 * take too long, and depends on nothing but its options.
 *
 * Throws AutoencoderError PARAMETERS_MISMATCH where the parameters are not the architecture's, and the signal's reason when aborted.
 */
export async function analyzeRun(options: AnalyzeRunOptions): Promise<RunAnalysis> {
  const started = performance.now()
  const context = await createAnalysisContext(options)
  const parts = Object.entries(analysisParts) as [PartKey, AnalysisPart][]
  const total = subjectParts.length + parts.length
  const results: PartResult<unknown>[] = []
  let begun = 0
  const next = async <Value>(measure: Measure<Value>): Promise<Value | undefined> => {
    await setImmediate()
    options.signal?.throwIfAborted()
    await options.onPart?.(begun++, total)
    const result = await measure(context)
    if (result) results.push(result)
    return result?.value
  }
  try {
    for (const measure of subjectParts) await next(measure)
    const values: [PartKey, unknown][] = []
    for (const [key, { schema, measure }] of parts) values.push([key, (await next(measure)) ?? schema.parse(undefined)])
    return {
      analysis: {
        seconds: (performance.now() - started) / 1000,
        counts: merge(
          noExamples,
          results.map(({ counts }) => counts),
        ),
        chosen: 'RANDOM',
        subjects: joinSubjects(results),
        principalComponents: componentsOf(context),
        ...(Object.fromEntries(values) as Pick<Analysis, PartKey>),
      },
      figures: merge<NamedTensors>(
        {},
        results.map(({ figures }) => figures),
      ),
    }
  } finally {
    await context.dispose()
  }
}

function componentsOf({ model, options }: AnalysisContext): Analysis['principalComponents'] {
  const { rank } = options.principalComponents
  return { used: Math.min(model.latentDimension, rank), rank }
}

/** Puts together what parts measured of each subject, in the order of tables. */
function joinSubjects(results: readonly PartResult<unknown>[]): Analysis['subjects'] {
  return subjects.flatMap((subject) => {
    const measured = results.flatMap((result) => result.subjects?.[subject] ?? [])
    return measured.length > 0 ? [toRow(subject, merge<Partial<SubjectMetrics>>({}, measured))] : []
  })
}

/** Returns members of all in one object; later ones stand. */
function merge<Whole extends object>(first: Whole, others: readonly (Partial<Whole> | undefined)[]): Whole {
  const whole = { ...first }
  for (const other of others) Object.assign(whole, other)
  return whole
}
