import { crossFieldRules } from './crossFieldRules.js'
import { runConfigFields } from './RunConfig.js'

/**
 * Describes everything that determines a run: the same configuration on the same machine gives the same losses to the last bit.
 * The server validates with it, the GraphQL inputs and the launch form are generated from it.
 */
export const runConfigSchema = runConfigFields
  .check((context) => {
    // zod goes on to object checks after a number is out of range; a relation of invalid values says nothing.
    if (context.issues.length > 0) return
    for (const { relates, violationIn } of crossFieldRules) {
      const violation = violationIn(context.value)
      if (!violation) continue
      const { path, expected, received } = violation
      const message = `${path.join('.')}: expected ${expected}, got ${received}`
      context.issues.push({ code: 'custom', input: context.value, path: [...path], message, params: { expected, received, relates } })
    }
  })
  .meta({ title: 'Configuration', description: 'Everything that determines a run.' })
