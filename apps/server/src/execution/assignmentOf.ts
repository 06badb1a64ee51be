import { type ArtifactRef, artifactNames, type RunAssignment } from '@hourglass/protocol'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Run } from '../runs/RunReader.js'
import { readLatest } from '../runs/readLatest.js'

export interface AssignmentOptions {
  /** Files of the run. */
  readonly artifacts: readonly ArtifactRef[]
  readonly retention: RunAssignment['retention']
  readonly threads: number
  readonly analyze: boolean
  /** How long it waits for a disk that takes no files. */
  readonly patienceSeconds: number
}

/** Says to a worker what it is to do. Throws ARTIFACT_MISSING where the model that the run starts from is not among its files: it must not start from another. */
export function assignmentOf(run: Run, { artifacts, ...rest }: AssignmentOptions): RunAssignment {
  const { id, attempt, kind, configVersion, config, dataset, datasetHash, epochs, epochsCompleted } = run
  if (run.parentEpoch !== null && !artifacts.some(({ type }) => type === 'start')) {
    throw new HourglassError(
      errorCodes.artifactMissing,
      `${artifactNames.start}: expected the model that the run starts from among its files, got none. Launch it again from a run and an epoch.`,
    )
  }
  return {
    type: 'run',
    runId: id,
    attempt,
    spec: { kind, version: configVersion, config, dataset: dataset === null ? null : { id: dataset, hash: datasetHash }, epochs },
    epochsCompleted,
    artifacts: [...artifacts],
    best: bestOf(run),
    ...rest,
  }
}

function bestOf(run: Run): RunAssignment['best'] {
  const { bestEpoch, bestValidationLoss } = readLatest(run)
  return bestEpoch === undefined || bestValidationLoss === undefined ? null : { epoch: bestEpoch, validationLoss: bestValidationLoss }
}
