import type { Format } from '@hourglass/protocol'
import { z } from 'zod'
import { storedShape } from '../config/storedShape.js'
import { describeMeasurement } from '../measurements/Measurement.js'
import { type MetricId, metricCatalog } from '../measurements/measurementCatalog.js'
import { subjectCatalog, subjects } from './subjects.js'

/** A measured number; null where it does not apply, is not finite, or did not exist when an earlier analysis was made. */
const measured = z.number().nullable().default(null)
const count = z.int().min(0)
/** How many examples a part looked at; none where it does not apply or an earlier analysis lacks it. */
const examples = count.default(0)
const described = (description: string) => ({ description })

const metrics = z.strictObject(
  Object.fromEntries(metricCatalog.map((row) => [row.id, measured.meta(described(describeMeasurement(row)))])) as Record<
    MetricId,
    typeof measured
  >,
)
const subjectNames = subjects.map((subject) => `${subject}: ${subjectCatalog[subject].description}`).join(' ')

/** How many examples each part looked at, from the first of its split. */
const counts = z.strictObject({
  test: examples,
  structuralSimilarity: examples,
  linearProbeTrain: examples,
  linearProbeTest: examples,
  kMeans: examples,
  jacobianNorm: examples,
  compression: examples,
  inpainting: examples,
})

/**
 * The parts of an analysis, one a row: what each says, described for readers of the API, and what stands in where it does not apply or an earlier analysis lacks
 * it. How each is measured says the row of the same name in `analysisParts`.
 */
const parts = {
  rateDistortion: z
    .array(
      z.strictObject({
        codec: z.enum(['MODEL', 'PCA', 'JPEG']),
        points: z.array(
          z.strictObject({
            setting: z.number().meta(described('Step of quantisation as a share of the codes’ spread, or JPEG’s quality.')),
            bitsPerPixel: z.number().meta(described('Bits of the compressed bytes over pixels of the images.')),
            meanSquaredError: z.number(),
            peakSignalToNoiseRatio: z.number(),
          }),
        ),
      }),
    )
    .default([])
    .meta(described('A curve for each codec of images.')),

  inpainting: z
    .strictObject({
      iterations: count.meta(described('How often an image is encoded and decoded.')),
      chains: count.meta(described('How often that is done anew, with codes drawn from a variational encoder.')),
      meanSquaredError: measured,
      filledMeanSquaredError: measured.meta(described('Of what was filled in at the end of the first chain, over the missing pixels.')),
      meanImageMeanSquaredError: z.number().meta(described('Of the mean image in the missing half.')),
    })
    .nullable()
    .default(null)
    .meta(described('Filling in the lower half of test images, which the model does not see; null for data that are no images.')),

  tangents: z
    .array(z.strictObject({ example: count, label: count, singularValues: z.array(z.number()) }))
    .default([])
    .meta(described('The tangent space at the codes of the first test examples.')),

  subspaceAngles: z
    .array(z.number())
    .nullable()
    .default(null)
    .meta(described('Principal angles between an affine decoder’s space and that of PCA, ascending; null for other decoders. Unit: rad.')),

  codeUnits: z
    .array(
      z.strictObject({
        index: count,
        mean: z.number(),
        klDivergence: measured.meta(
          described('Divergence of the unit from the prior; null unless the encoder is variational. Unit: nats.'),
        ),
      }),
    )
    .default([])
    .meta(described('Each unit of the code over the test examples.')),

  fineTuning: z
    .strictObject({
      labels: count,
      epochs: count,
      pretrainedTestError: z
        .number()
        .meta(described('Share of test examples that are given another class than theirs, starting from the run’s encoder.')),
      randomTestError: z.number().meta(described('The same, starting from random weights.')),
    })
    .nullable()
    .default(null)
    .meta(
      described(
        'Classifiers trained on few labels, from this encoder and from random weights; null where the configuration asks for none.',
      ),
    ),
} as const satisfies Readonly<Record<string, z.ZodDefault>>

/** Describes what a run is measured with after its last epoch: plain JSON. */
export const analysisSchema = z.strictObject({
  seconds: z.number().min(0).meta(described('What measuring took.')),
  counts: counts.prefault({}).meta(described('How many examples each part looked at, from the first of its split.')),
  subjects: z
    .array(z.strictObject({ subject: z.enum(subjects).meta(described(subjectNames)), metrics }))
    .default([])
    .meta(described('The model and what it is compared with: what does not apply is left out, or null.')),
  ...parts,
})

export type Analysis = z.output<typeof analysisSchema>
export type SubjectMetrics = Analysis['subjects'][number]['metrics']
/** The name of a part. */
export type PartKey = keyof typeof parts

/** How an analysis is stored: one with a metric or a part more or fewer than this version knows is read all the same. */
export const analysisFormat: Format<Analysis> = { subject: 'analysis', schema: storedShape(analysisSchema), upgrades: [] }

/** Counts of an analysis that looked at nothing. */
export const noExamples: Analysis['counts'] = counts.parse({})

/** Says what stands in for a part that does not apply to a run. */
export function absentPart(key: PartKey): Analysis[PartKey] {
  return parts[key].parse(undefined)
}
