import { z } from 'zod'
import { artifactRefSchema } from './ArtifactRef.js'
import { datasetRefSchema } from './DatasetRef.js'
import { versionOf } from './Format.js'
import { namedValuesSchema } from './NamedValues.js'
import { runCommandSchema } from './RunCommand.js'
import { type RunEventKind, runEventFormat, runEventPayloads } from './RunEvent.js'
import { runReportSchema } from './RunReport.js'
import { runSpecSchema } from './RunSpec.js'

/** Prints the protocol as one JSON Schema document, a definition for each part. */
export function printProtocol(): string {
  const parts = {
    RunSpec: runSpecSchema,
    RunCommand: runCommandSchema,
    RunReport: runReportSchema,
    RunEvent: runEventSchema(),
    ElsewhereConfig: namedValuesSchema,
    ArtifactRef: artifactRefSchema,
    DatasetRef: datasetRefSchema,
  }
  const definitions = Object.entries(parts).flatMap(([name, schema]) => {
    // What has a default may be missing in what is stored. References point to the document, so that what they name has its place there.
    const { $schema, $defs = {}, ...definition } = z.toJSONSchema(schema, { io: name === 'RunEvent' ? 'input' : 'output' })
    return [[name, definition] as const, ...Object.entries($defs)]
  })
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Hourglass protocol',
    $defs: Object.fromEntries(definitions),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** An event as it is stored: one kind, with the payload of that kind and its version. */
function runEventSchema(): z.ZodType {
  const [first, ...others] = Object.entries(runEventPayloads).map(([kind, payload]) => {
    const stored = payload.extend({ version: versionSchema(versionOf(runEventFormat(kind as RunEventKind))) })
    return z.strictObject({ seq: z.int().min(1), kind: z.literal(kind), at: z.iso.datetime(), payload: stored })
  })
  if (!first) throw new TypeError('events: expected kinds, got none')
  return z.discriminatedUnion('kind', [first, ...others])
}

/** The first version need not be named. */
function versionSchema(version: number): z.ZodType {
  const schema = z.literal(version)
  return version === 1 ? schema.default(1) : schema
}
