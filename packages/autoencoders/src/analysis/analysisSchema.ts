import type { Format } from '@hourglass/protocol'
import { z } from 'zod'
import { storedShape } from '../config/storedShape.js'
import { analysisParts, type PartKey } from './analysisParts.js'
import { exampleCountsSchema } from './ExampleCounts.js'
import { count, described } from './partSchema.js'
import { subjectMetricsSchema } from './SubjectMetrics.js'
import { subjectCatalog, subjects } from './subjects.js'

const subjectNames = subjects.map((subject) => `${subject}: ${subjectCatalog[subject].description}`).join(' ')

const partSchemas = Object.fromEntries(Object.entries(analysisParts).map(([key, { schema }]) => [key, schema])) as {
  readonly [Key in PartKey]: (typeof analysisParts)[Key]['schema']
}

/** Describes what a run is measured with after its last epoch: plain JSON. */
export const analysisSchema = z.strictObject({
  seconds: z.number().min(0).meta(described('What measuring took.')),
  counts: exampleCountsSchema.prefault({}).meta(described('How many examples each part looked at.')),
  chosen: z
    .enum(['RANDOM', 'FIRST'])
    .default('RANDOM')
    .meta(
      described(
        'Which examples a part looked at that did not go through all: drawn at random, the same for all runs of a data set, or, of analyses by earlier versions, the first of their split.',
      ),
    ),
  subjects: z
    .array(z.strictObject({ subject: z.enum(subjects).meta(described(subjectNames)), metrics: subjectMetricsSchema }))
    .default([])
    .meta(described('The model and what it is compared with: what does not apply is left out, or null.')),
  principalComponents: z
    .strictObject({
      used: count.meta(described('As many as the code has units, or all that there are: what the subjects called PCA keep.')),
      rank: count.meta(described('How many there are: the directions along which the training examples vary.')),
    })
    .nullable()
    .default(null)
    .meta(described('How many principal components the model is compared with; null of analyses by earlier versions.')),
  ...partSchemas,
})

export type Analysis = z.output<typeof analysisSchema>

/** How an analysis is stored: one with a metric or a part more or fewer than this version knows is read all the same. */
export const analysisFormat: Format<Analysis> = { subject: 'analysis', schema: storedShape(analysisSchema), upgrades: [chosenFromTheFront] }

/** The first version looked at the first examples of each split. */
function chosenFromTheFront(stored: unknown): unknown {
  return typeof stored === 'object' && stored !== null ? { ...stored, chosen: 'FIRST' } : stored
}
