import type { RunAssignment } from '@hourglass/protocol'

/** What a configuration was counted to take, with the model of every epoch. */
export interface CountedBytes {
  readonly fileBytes: number
  readonly checkpointBytes: number
  readonly codesBytes: number
}

/** Beside those that are spaced, the best epoch keeps its model. */
const BEST = 1

/** Counts the bytes that a run's files take when it is over, of which retention may take models of epochs away. */
export function keptBytes(
  { fileBytes, checkpointBytes, codesBytes }: CountedBytes,
  { epochs, retention }: { readonly epochs: number; readonly retention: RunAssignment['retention'] },
): number {
  if (fileBytes <= retention.bytes) return fileBytes
  return fileBytes - Math.max(0, epochs - retention.epochs - BEST) * (checkpointBytes + codesBytes)
}
