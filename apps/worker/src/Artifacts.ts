import type { ArtifactRef } from '@hourglass/protocol'

export interface ArtifactContent {
  /** Path in the run's folder, with `/` between its parts. */
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
}

/** Keeps the files of one run, wherever that is. What is kept stands on the disk when a promise resolves. */
export interface Artifacts {
  /** Keeps a file of its own, whole or not at all; one of the same name gives way. */
  write(file: ArtifactContent): Promise<ArtifactRef>
  /** Keeps files one behind the other in a pack: the one that was begun last, or a new one. */
  append(files: readonly ArtifactContent[]): Promise<ArtifactRef[]>
  /** Lets the next files be the first of another pack. */
  beginPack(): void
  /** Reads a file. Throws a WorkerError ARTIFACT_MISSING or ARTIFACT_DAMAGED where it is not what the reference says. */
  read(ref: ArtifactRef): Promise<Uint8Array>
}
