import { artifactNames, epochOfArtifact } from '@hourglass/protocol'
import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { ArtifactStore } from './ArtifactStore.js'
import { withNearestEpoch } from './nearestEpoch.js'
import type { StoredFile } from './StoredFile.js'

/**
 * Does `work` with the checkpoint of a completed epoch. Throws as {@link ArtifactStore.use} does; where the run keeps none of the epoch, EPOCH_NOT_FOUND with
 * those nearest to it; where its own is missing or damaged, with the nearest whole one.
 */
export async function useModel<Result>(
  artifacts: ArtifactStore,
  { run, epoch }: { readonly run: Run; readonly epoch: number },
  work: (checkpoint: StoredFile) => Promise<Result>,
): Promise<Result> {
  try {
    return await artifacts.use(run, artifactNames.checkpoint(epoch), work)
  } catch (error) {
    if (!(error instanceof HourglassError && error.code === errorCodes.epochNotFound)) {
      throw await withNearestEpoch(artifacts, { run, epoch }, error)
    }
    const kept = (await artifacts.namesOf(run, 'checkpoint')).flatMap((name) => epochOfArtifact(name) ?? [])
    throw notKept(epoch, kept)
  }
}

function notKept(epoch: number, kept: readonly number[]): HourglassError {
  const earlier = Math.max(...kept.filter((other) => other < epoch))
  const later = Math.min(...kept.filter((other) => other > epoch))
  const nearest = [earlier, later].filter(Number.isFinite)
  const where = nearest.length === 0 ? 'the run keeps none' : `the nearest ${nearest.length === 1 ? 'is' : 'are'} ${nearest.join(' and ')}`
  return new HourglassError(
    errorCodes.epochNotFound,
    `epoch: expected one whose model is kept, got ${epoch}, of which only metrics and reconstructions are; ${where}.`,
    { nearest },
  )
}
