import type { RunConfig } from '@hourglass/autoencoders'
import type { Read } from '@hourglass/protocol'
import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { runKind } from './runKinds.js'

type StoredConfig = Pick<Run, 'kind' | 'configVersion' | 'config'>

/** Reads the configuration of a run that this lab trains, by the version that wrote it; says why where there is none that it understands. */
export function readConfig({ kind, configVersion, config }: StoredConfig): Read<RunConfig> {
  const known = runKind(kind)
  return 'problem' in known ? known : known.readConfig({ version: configVersion, value: config })
}

/** Reads a configuration, or throws RUN_UNREADABLE with the reason. */
export function requireConfig(run: StoredConfig): RunConfig {
  const read = readConfig(run)
  if ('value' in read) return read.value
  throw new HourglassError(errorCodes.runUnreadable, read.problem)
}
