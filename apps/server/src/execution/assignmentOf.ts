import type { ArtifactRef, RunAssignment } from '@hourglass/protocol'
import type { Run } from '../runs/RunReader.js'

export interface AssignmentOptions {
  /** Files that the worker may need. */
  readonly artifacts: readonly ArtifactRef[]
  readonly threads: number
  readonly analyze: boolean
  /** How long it waits for a disk that takes no files. */
  readonly patienceSeconds: number
}

/** Says to a worker what it is to do. */
export function assignmentOf(run: Run, { artifacts, threads, analyze, patienceSeconds }: AssignmentOptions): RunAssignment {
  const { id, attempt, kind, configVersion, config, dataset, datasetHash, epochs, epochsCompleted } = run
  return {
    type: 'run',
    runId: id,
    attempt,
    spec: { kind, version: configVersion, config, dataset: dataset === null ? null : { id: dataset, hash: datasetHash }, epochs },
    epochsCompleted,
    artifacts: [...artifacts],
    threads,
    analyze,
    patienceSeconds,
  }
}
