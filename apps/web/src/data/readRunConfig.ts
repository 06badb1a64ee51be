import { describeSchema, fromWire, type RunConfig, runConfigSchema, toWire } from '@hourglass/autoencoders'
import type { RunConfigFieldsFragment, RunConfigInput } from './generated/graphql'

/** The configuration schema as a tree, for forms, tables and the wire form. */
export const configDescription = describeSchema(runConfigSchema)

const read = new WeakMap<RunConfigFieldsFragment, RunConfig>()

/** Reads a configuration as GraphQL sent it. Remembers it, since rows of a table ask again at every change. */
export function readRunConfig(sent: RunConfigFieldsFragment): RunConfig {
  const known = read.get(sent)
  if (known) return known
  const config = fromWire(configDescription, sent) as RunConfig
  read.set(sent, config)
  return config
}

/** Writes a configuration as GraphQL takes it. */
export function writeRunConfig(config: RunConfig): RunConfigInput {
  return toWire(configDescription, config) as RunConfigInput
}
