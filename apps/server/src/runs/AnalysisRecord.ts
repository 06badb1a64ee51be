import { analysisSchema } from '@hourglass/autoencoders'
import { z } from 'zod'

/** An image, or several, that an analysis keeps as a file. */
export const analysisFigureSchema = z.object({
  /** Its part of the analysis and what it shows, such as `inpainting/filled`. */
  name: z.string(),
  /** [images, height, width]; of tangent directions [examples, directions, height, width]. */
  shape: z.array(z.int().min(0)),
})
export type AnalysisFigure = z.output<typeof analysisFigureSchema>

/** What a worker reports of an analysis, its figures already written. */
export const analysisRecordSchema = z.object({ measured: analysisSchema, figures: z.array(analysisFigureSchema) })
export type AnalysisRecord = z.output<typeof analysisRecordSchema>
