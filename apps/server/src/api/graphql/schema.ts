import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql'
import { builder } from './builder.js'
import type { Context } from './Context.js'
import './Dataset.js'
import './EngineStatus.js'
import './Estimate.js'
import './RunNeeds.js'
import './Experiment.js'
import './ExperimentConnection.js'
import './ExperimentsChanged.js'
import './HalvingSearch.js'
import './LabStatus.js'
import './Landmark.js'
import './Preset.js'
import './Run.js'
import './Report.js'
import './ReportsChanged.js'
import './RunConnection.js'
import './RunEvent.js'
import './RunGroups.js'
import './RunKeys.js'
import './RunValue.js'
import './RunsChanged.js'
import './SavedView.js'
import './Storage.js'
import './Verdict.js'
import './codedExamples.js'
import './decode.js'
import './growOperations.js'
import './latent.js'
import './queueOperations.js'
import './runCurves.js'
import './runOperations.js'
import './runRelatives.js'
import './runResults.js'
import './selectionOperations.js'

export const schema = stopWithSignal(builder.toSchema({ sortSchema: false }))

/** Prints the schema as it is committed for clients; the order does not depend on that of the imports. */
export function printSortedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}

/** Lets no resolver begin once the operation's client has left or its time is over. */
function stopWithSignal(made: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(made.getTypeMap())) {
    // Only object types have it.
    if (!('isTypeOf' in type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field
      if (!resolve) continue
      // biome-ignore lint/complexity/useMaxParams: GraphQL calls it with these.
      field.resolve = (source, args, context: Context, info) => {
        context.signal.throwIfAborted()
        return resolve(source, args, context, info)
      }
    }
  }
  return made
}
