import { AUTOENCODER, type RunConfig, runConfigFormat } from '@hourglass/autoencoders'
import { ELSEWHERE, elsewhereFormat, type Read, readStored } from '@hourglass/protocol'
import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'

type StoredConfig = Pick<Run, 'kind' | 'configVersion' | 'config'>

/** Reads the configuration of a run that this lab trains, by the version that wrote it; says why where there is none that it understands. */
export function readConfig({ kind, configVersion, config }: StoredConfig): Read<RunConfig> {
  if (kind === AUTOENCODER) return readStored(runConfigFormat, { version: configVersion, value: config })
  if (kind === ELSEWHERE) {
    const read = readStored(elsewhereFormat, { version: configVersion, value: config })
    return 'problem' in read ? read : { problem: 'The run was trained elsewhere: its configuration is a list of values.' }
  }
  return {
    problem: `configuration: expected one of the kind ${AUTOENCODER} or ${ELSEWHERE}, got ${kind}. Another version of Hourglass wrote it.`,
  }
}

/** Reads a configuration, or throws RUN_UNREADABLE with the reason. */
export function requireConfig(run: StoredConfig): RunConfig {
  const read = readConfig(run)
  if ('value' in read) return read.value
  throw new HourglassError(errorCodes.runUnreadable, read.problem)
}
