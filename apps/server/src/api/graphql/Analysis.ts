/**
 * Generates the GraphQL types of an analysis from its one schema: an object becomes a type named after its place, and what is added to the
 * schema is in the API too.
 */
import {
  analysisSchema,
  describeSchema,
  type FieldDescription,
  metricCatalog,
  type ObjectDescription,
  subjectCatalog,
} from '@hourglass/autoencoders'
import type { OutputRef } from '@pothos/core'
import { z } from 'zod'
import { artifactUrl, runFiles } from '../../artifacts/runFiles.js'
import type { Analysis, Run } from '../../generated/prisma/client.js'
import type { Log } from '../../log.js'
import { type AnalysisFigure, analysisFigureSchema } from '../../runs/AnalysisRecord.js'
import { builder } from './builder.js'
import { describeMetric } from './measurementFields.js'

type Json = Readonly<Record<string, unknown>>
type Descriptions = Readonly<Record<string, string>>

interface DescribedAnalysis {
  readonly at: Date
  readonly measured: Json
  readonly figures: readonly (AnalysisFigure & { readonly url: string })[]
}

/** What the metrics of a subject say. */
const metricDescriptions: Descriptions = Object.fromEntries(metricCatalog.map((metric) => [metric.id, describeMetric(metric)]))
/** What the other members hold. */
const descriptions: Descriptions = {
  subject: Object.entries(subjectCatalog)
    .map(([subject, { description }]) => `${subject}: ${description}`)
    .join(' '),
  counts: 'How many examples each part looked at, from the first of its split.',
  codeUnits: 'Each unit of the code over the test examples.',
  seconds: 'What measuring took.',
  subjects: 'The model and what it is compared with: what does not apply is left out, or null.',
  klDivergence: 'Divergence of the unit from the prior; null unless the encoder is variational. Unit: nats.',
  setting: 'Step of quantisation as a share of the codes’ spread, or JPEG’s quality.',
  bitsPerPixel: 'Bits of the compressed bytes over pixels of the images.',
  inpainting: 'Filling in the lower half of test images, which the model does not see; null for data that are no images.',
  iterations: 'How often an image is encoded and decoded.',
  chains: 'How often that is done anew, with codes drawn from a variational encoder.',
  filledMeanSquaredError: 'Of what was filled in at the end of the first chain, over the missing pixels.',
  meanImageMeanSquaredError: 'Of the mean image in the missing half.',
  rateDistortion: 'A curve for each codec of images.',
  tangents: 'The tangent space at the codes of the first test examples.',
  fineTuning: 'Classifiers trained on few labels, from this encoder and from random weights; null where the configuration asks for none.',
  pretrainedTestError: 'Share of test examples that are given another class than theirs, starting from the run’s encoder.',
  randomTestError: 'The same, starting from random weights.',
  subspaceAngles: 'Principal angles between an affine decoder’s space and that of PCA, ascending; null for other decoders. Unit: rad.',
}

const METRICS = 'AnalysisSubjectMetrics'

/** Every member of the schema but its version, which GraphQL does without. */
const described = describeSchema(analysisSchema.omit({ version: true }))

const FigureType = builder.objectRef<DescribedAnalysis['figures'][number]>('AnalysisFigure').implement({
  description: 'Images of an analysis: a PNG strip of them side by side, or, with more sides, a safetensors file of the tensor `values`.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its part of the analysis and what it shows, such as inpainting/filled.' }),
    shape: t.intList({ description: '[images, height, width], or more.', resolve: ({ shape }) => [...shape] }),
    url: t.exposeString('url'),
  }),
})

export const AnalysisType = builder.objectRef<DescribedAnalysis>('Analysis').implement({
  description: 'What a completed run was measured with on test data after its last epoch, and what it is compared with.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    figures: t.field({ type: [FigureType], resolve: ({ figures }) => figures }),
  }),
})
builder.objectFields(AnalysisType, (t) =>
  Object.fromEntries(
    Object.entries(membersOf(described)).map(([name, field]) => [
      name,
      t.field({ ...optionsOf('Analysis', name, field), resolve: ({ measured }) => (measured[name] ?? null) as never }),
    ]),
  ),
)

/** Describes the analysis of a run; null, and a line in the log, where it is of another version than this server knows. */
export function describeAnalysis({ id, analyzedAt }: Run, analysis: Analysis | null, log: Log): DescribedAnalysis | null {
  if (!analysis || !analyzedAt) return null
  const measured = analysisSchema.safeParse(analysis.measured)
  if (!measured.success) {
    log.warn({ runId: id }, 'analysis of another version; analyze the run again')
    return null
  }
  const figures = z.array(analysisFigureSchema).parse(analysis.figures)
  const version = `?v=${analyzedAt.getTime()}`
  return {
    at: analyzedAt,
    measured: measured.data,
    figures: figures.map((figure) => ({ ...figure, url: artifactUrl(id, runFiles.figure(figure)) + version })),
  }
}

function defineType(name: string, field: FieldDescription): OutputRef<unknown> {
  return builder.objectRef<Json>(name).implement({
    fields: (t) =>
      Object.fromEntries(
        Object.entries(membersOf(field)).map(([member, description]) => [
          member,
          t.field({ ...optionsOf(name, member, description), resolve: (parent) => (parent[member] ?? null) as never }),
        ]),
      ),
  })
}

function optionsOf(parent: string, name: string, field: FieldDescription) {
  const isList = field.type === 'list'
  const item = typeOf(typeName(parent, isList ? name.replace(/s$/, '') : name), isList ? field.item : field)
  const description = (parent === METRICS ? metricDescriptions : descriptions)[name]
  return { type: (isList ? [item] : item) as 'Float', nullable: field.nullable, ...(description ? { description } : {}) }
}

function typeOf(name: string, field: FieldDescription): unknown {
  if (field.type === 'integer') return 'Int'
  if (field.type === 'number') return 'Float'
  if (field.type === 'enum') return builder.enumType(name, { values: field.values })
  return defineType(name, field)
}

/** Names a type after its place; `AnalysisSubjectSubject` says it twice. */
function typeName(parent: string, name: string): string {
  const last = pascalCase(name)
  return parent.endsWith(last) ? `${parent}Name` : parent + last
}

function membersOf(field: FieldDescription): ObjectDescription['fields'] {
  if (field.type === 'object') return field.fields
  throw new TypeError(`analysis: expected an object, got ${field.type}`)
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
