import type { RunConfig } from '@hourglass/autoencoders'
import { MAXIMUM_RUNS } from '../../experiments/maximumRuns.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { checkConfig, invalidConfig } from '../../runs/launchRun.js'
import { readConfigInput } from './configTypes.js'

/** Reads the configurations of an experiment's runs. Throws INVALID_CONFIG, or BAD_USER_INPUT where they are none or too many. */
export function requireConfigs(configs: readonly unknown[]): readonly RunConfig[] {
  if (configs.length < 1 || configs.length > MAXIMUM_RUNS) {
    throw new HourglassError(errorCodes.badUserInput, `configs: expected 1 to ${MAXIMUM_RUNS}, got ${configs.length}.`)
  }
  return configs.map(requireConfig)
}

/** Reads a configuration. Throws INVALID_CONFIG. */
export function requireConfig(input: unknown): RunConfig {
  const result = checkConfig(readConfigInput(input))
  if ('issues' in result) throw invalidConfig(result.issues)
  return result.config
}
