import { type ArtifactRef, artifactNames } from '@hourglass/protocol'
import type { Run } from '../generated/prisma/client.js'
import { replaceArtifacts, unlist } from './fileLists.js'
import type { RunFacts } from './RunFacts.js'

/** Statuses in which nobody writes files of a run. */
export const endedStatuses = ['STOPPED', 'COMPLETED', 'FAILED'] as const

export interface DroppedModels {
  /** Epochs whose checkpoint and codes go. */
  readonly epochs: readonly number[]
  /** What that frees. */
  readonly bytes: number
  /** Other files, where they lie from then on. */
  readonly moved: readonly ArtifactRef[]
}

/**
 * Takes models of epochs off the list of a run that has ended; their files go once that stands. Returns null, with nothing changed, where the run is gone or
 * was given to a worker since `run` was read.
 */
export async function dropModels(facts: RunFacts, run: Run, { epochs, bytes, moved }: DroppedModels): Promise<Run | null> {
  const now = await facts.transaction.run.findUnique({ where: { id: run.id } })
  if (!now || now.attempt !== run.attempt || !endedStatuses.some((status) => status === now.status)) return null
  await replaceArtifacts(facts, now, { types: [], artifacts: moved })
  await unlist(
    facts,
    now,
    epochs.flatMap((epoch) => [artifactNames.checkpoint(epoch), artifactNames.codes(epoch)]),
  )
  return facts.append(now.number, { kind: 'MODELS_DROPPED', payload: { modelsDropped: [...epochs], bytes } })
}
