import { z } from 'zod'
import { type MetricId, metricCatalog } from '../metrics/metricCatalog.js'
import { subjects } from './subjects.js'

/** A measured number; null where it does not apply or is not finite. */
const measured = z.number().nullable()
const count = z.int().min(0)

const metrics = z.strictObject(Object.fromEntries(metricCatalog.map(({ id }) => [id, measured])) as Record<MetricId, typeof measured>)

const ratePoint = z.strictObject({
  setting: z.number(),
  bitsPerPixel: z.number(),
  meanSquaredError: z.number(),
  peakSignalToNoiseRatio: z.number(),
})

/** Describes what a run is measured with after its last epoch: plain JSON. */
export const analysisSchema = z.strictObject({
  version: z.literal(1),
  seconds: z.number().min(0),
  /** How many examples each part looked at, from the first of its split. */
  counts: z.strictObject({
    test: count,
    structuralSimilarity: count,
    linearProbeTrain: count,
    linearProbeTest: count,
    kMeans: count,
    jacobianNorm: count,
    compression: count,
    inpainting: count,
  }),
  /** One row for each subject that applies. */
  subjects: z.array(z.strictObject({ subject: z.enum(subjects), metrics })),
  /** Each unit of the code over the test examples. */
  codeUnits: z.array(z.strictObject({ index: count, mean: z.number(), klDivergence: measured })),
  /** A curve for each codec; none for data that are no images. */
  rateDistortion: z.array(z.strictObject({ codec: z.enum(['MODEL', 'PCA', 'JPEG']), points: z.array(ratePoint) })),
  inpainting: z
    .strictObject({
      iterations: count,
      chains: count,
      meanSquaredError: measured,
      filledMeanSquaredError: measured,
      meanImageMeanSquaredError: z.number(),
    })
    .nullable(),
  /** The tangent space at the codes of the first test examples. */
  tangents: z.array(z.strictObject({ example: count, label: count, singularValues: z.array(z.number()) })),
  /** Principal angles in radians, ascending, between an affine decoder's space and that of PCA; null for other decoders. */
  subspaceAngles: z.array(z.number()).nullable(),
  /** Test errors of classifiers trained on few labels, from this encoder and from random weights; null where that was not asked for. */
  fineTuning: z
    .strictObject({ labels: count, epochs: count, pretrainedTestError: z.number(), randomTestError: z.number() })
    .nullable()
    .default(null),
})

export type Analysis = z.output<typeof analysisSchema>
export type SubjectMetrics = Analysis['subjects'][number]['metrics']
