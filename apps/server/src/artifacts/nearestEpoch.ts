import { artifactNames, epochOfArtifact } from '@hourglass/protocol'
import type { Run } from '../generated/prisma/client.js'
import { type ErrorCode, errorCodes, HourglassError } from '../HourglassError.js'
import type { ArtifactStore } from './ArtifactStore.js'

const unreadable: ReadonlySet<ErrorCode> = new Set([errorCodes.artifactMissing, errorCodes.artifactDamaged, errorCodes.epochNotFound])
/** Each is read whole to be checked. */
const MOST_CHECKED = 20

/**
 * Adds to an error that says that the model of an epoch is missing, damaged or was never kept which epoch nearby has a whole one (`nearestEpoch` of its details, null where
 * none is). Gives any other error as it is.
 */
export async function withNearestEpoch(
  artifacts: ArtifactStore,
  { run, epoch }: { run: Run; epoch: number },
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof HourglassError) || !unreadable.has(error.code)) return error
  const nearestEpoch = await findNearest(artifacts, run, epoch)
  const advice = nearestEpoch === null ? '' : ` The nearest epoch whose model is whole is ${nearestEpoch}.`
  return new HourglassError(error.code, `${error.message}${advice}`, { ...error.details, epoch, nearestEpoch })
}

async function findNearest(artifacts: ArtifactStore, run: Run, epoch: number): Promise<number | null> {
  const files = await artifacts.list(run)
  const epochs = files.flatMap(({ name }) => {
    const other = epochOfArtifact(name)
    return other !== null && other !== epoch && name === artifactNames.checkpoint(other) ? [other] : []
  })
  const byDistance = epochs.sort((a, b) => Math.abs(a - epoch) - Math.abs(b - epoch) || b - a)
  for (const other of byDistance.slice(0, MOST_CHECKED)) {
    if (await artifacts.isWhole(run, artifactNames.checkpoint(other))) return other
  }
  return null
}
