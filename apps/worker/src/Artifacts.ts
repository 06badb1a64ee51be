import type { ArtifactRef } from '@hourglass/protocol'

export interface ArtifactContent {
  /** Path in the run's folder, with `/` between its parts. */
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
}

/** Keeps the files of one run, wherever that is. */
export interface Artifacts {
  /** Keeps a file whole or not at all; one of the same name gives way. */
  write(file: ArtifactContent): Promise<ArtifactRef>
  /** Reads a file. Throws a WorkerError ARTIFACT_MISSING or ARTIFACT_DAMAGED where it is not what the reference says. */
  read(ref: ArtifactRef): Promise<Uint8Array>
}
