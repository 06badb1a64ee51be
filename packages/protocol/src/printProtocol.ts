import { z } from 'zod'
import { artifactRefSchema } from './ArtifactRef.js'
import { datasetRefSchema } from './DatasetRef.js'
import { runCommandSchema } from './RunCommand.js'
import { runEventPayloads } from './RunEvent.js'
import { runReportSchema } from './RunReport.js'
import { runSpecSchema } from './RunSpec.js'

/** Prints the protocol as one JSON Schema document, a definition for each part. */
export function printProtocol(): string {
  const parts = {
    RunSpec: runSpecSchema,
    RunCommand: runCommandSchema,
    RunReport: runReportSchema,
    RunEventPayload: z.object(runEventPayloads),
    ArtifactRef: artifactRefSchema,
    DatasetRef: datasetRefSchema,
  }
  const definitions = Object.entries(parts).map(([name, schema]) => {
    const { $schema, ...definition } = z.toJSONSchema(schema)
    return [name, definition] as const
  })
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Hourglass protocol',
    $defs: Object.fromEntries(definitions),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
