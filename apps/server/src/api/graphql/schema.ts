import { lexicographicSortSchema, printSchema } from 'graphql'
import { builder } from './builder.js'
import './Dataset.js'
import './EngineStatus.js'
import './Estimate.js'
import './Experiment.js'
import './ExperimentConnection.js'
import './ExperimentsChanged.js'
import './LabStatus.js'
import './Preset.js'
import './Run.js'
import './RunConnection.js'
import './RunEvent.js'
import './RunGroups.js'
import './RunsChanged.js'
import './decode.js'
import './runCurves.js'
import './runOperations.js'

export const schema = builder.toSchema({ sortSchema: false })

/** Prints the schema as it is committed for clients; the order does not depend on that of the imports. */
export function printSortedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}
