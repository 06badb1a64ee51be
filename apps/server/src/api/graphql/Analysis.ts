/**
 * Generates the GraphQL types of an analysis from its one schema: an object becomes a type named after its place, and what is added to the
 * schema is in the API too.
 */
import { describeSchema, type FieldDescription, type ObjectDescription } from '@hourglass/autoencoders'
import { analysisFormat, analysisSchema } from '@hourglass/autoencoders/measured'
import { type Read, readStored } from '@hourglass/protocol'
import type { OutputRef } from '@pothos/core'
import { z } from 'zod'
import { artifactUrl } from '../../artifacts/artifactUrl.js'
import { unpackJson } from '../../database/packedJson.js'
import type { Analysis, Run } from '../../generated/prisma/client.js'
import { builder } from './builder.js'
import type { Loaders } from './loaders.js'

type Json = Readonly<Record<string, unknown>>

interface DescribedAnalysis {
  readonly at: Date
  readonly epoch: number
  readonly measured: Json
  readonly figures: readonly { readonly name: string; readonly shape: readonly number[]; readonly url: string }[]
}

const figuresSchema = z.array(z.object({ name: z.string(), shape: z.array(z.int()), file: z.string() }))

const described = describeSchema(analysisSchema)

const FigureType = builder.objectRef<DescribedAnalysis['figures'][number]>('AnalysisFigure').implement({
  description:
    'Images of an analysis: a PNG strip of them side by side, or, with more or fewer sides, a safetensors file of the tensor `values`.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its part of the analysis and what it shows, such as inpainting/filled.' }),
    shape: t.intList({ description: '[images, height, width], or another number of sides.', resolve: ({ shape }) => [...shape] }),
    url: t.exposeString('url'),
  }),
})

export const AnalysisType = builder.objectRef<DescribedAnalysis>('Analysis').implement({
  description: 'What a completed run was measured with on test data after its last epoch, and what it is compared with.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    epoch: t.exposeInt('epoch', { description: 'The epoch whose model was measured: the `finalEpoch` that the run had then.' }),
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

/** Describes the analysis of a run; says why where it cannot be read, as it is damaged or of a version that is not known here. */
function readAnalysis({ id, analyzedAt, epochsCompleted }: Run, analysis: Analysis): Read<DescribedAnalysis> {
  const measured = readStored(analysisFormat, { version: analysis.version, value: unpackJson(analysis.measured) })
  if ('problem' in measured) return measured
  const figures = figuresSchema.safeParse(unpackJson(analysis.figures))
  if (!figures.success)
    return { problem: 'analysis: expected a list of figures, got something else. Restore a backup, or measure the run again.' }
  const value = {
    at: analyzedAt ?? new Date(0),
    epoch: analysis.epoch ?? epochsCompleted,
    measured: measured.value,
    figures: figures.data.map((figure) => ({ ...figure, url: artifactUrl(id, figure.file) })),
  }
  return { value }
}

/** Describes the newest analysis of a run; null where it has none that this version can read. */
export async function describeAnalysis(loaders: Loaders, run: Run): Promise<DescribedAnalysis | null> {
  const read = await loadAnalysis(loaders, run)
  return read && 'value' in read ? read.value : null
}

/** Says why the analysis that a run has cannot be read; null where it can, or there is none. */
export async function analysisProblem(loaders: Loaders, run: Run): Promise<string | null> {
  const read = await loadAnalysis(loaders, run)
  return read && 'problem' in read ? read.problem : null
}

async function loadAnalysis(loaders: Loaders, run: Run): Promise<Read<DescribedAnalysis> | null> {
  const analysis = run.analyzedAt === null ? null : await loaders.analysis.load(run.number)
  return analysis && readAnalysis(run, analysis)
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

/** An analysis is read as a whole, so that one value of it costs less than one that is looked up. */
const COST_OF_VALUE = 0.5

function optionsOf(parent: string, name: string, field: FieldDescription) {
  const isList = field.type === 'list'
  const item = typeOf(typeName(parent, isList ? name.replace(/(?<!s)s$/, '') : name), isList ? field.item : field)
  const { description } = field
  // A list that says how long it is at most costs no more than that.
  const longest = isList ? field.maximumItems : undefined
  return {
    type: (isList ? [item] : item) as 'Float',
    nullable: field.nullable,
    complexity: longest === undefined ? COST_OF_VALUE : { field: COST_OF_VALUE, multiplier: longest },
    ...(description ? { description } : {}),
  }
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
