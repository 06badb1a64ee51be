import { epochOfArtifact, type RunAssignment, spacedEpochs } from '@hourglass/protocol'
import type { Run } from '../generated/prisma/client.js'
import { readLatest } from '../runs/readLatest.js'
import type { FileSize } from './readFileSizes.js'

/** Which epochs of a run keep their model no longer, and the bytes that their checkpoints and codes take. */
export interface PlannedDrop {
  readonly epochs: readonly number[]
  readonly bytes: number
}

/**
 * Applies retention to a run that has ended, as its training would have: where its files take more than a run may, the first, the best and the last epoch keep
 * their models, and of those that are left the ones nearest to where spaced epochs lie. Null where nothing goes.
 */
export function planDrop(
  run: Pick<Run, 'epochs' | 'epochsCompleted' | 'latest'>,
  files: readonly FileSize[],
  retention: RunAssignment['retention'],
): PlannedDrop | null {
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) <= retention.bytes) return null
  const models = files.flatMap(({ name, type, bytes }) => {
    const epoch = type === 'checkpoint' || type === 'codes' ? epochOfArtifact(name) : null
    return epoch === null ? [] : [{ epoch, bytes }]
  })
  const there = [...new Set(models.map(({ epoch }) => epoch))].sort((one, other) => one - other)
  const [first, last] = [there[0], there.at(-1)]
  if (first === undefined || last === undefined) return null
  const spaced = spacedEpochs(Math.max(run.epochs ?? 0, run.epochsCompleted), retention.epochs).map((epoch) => nearest(there, epoch))
  const kept = new Set([...spaced, first, last, readLatest(run).bestEpoch])
  const epochs = there.filter((epoch) => !kept.has(epoch))
  if (epochs.length === 0) return null
  const bytes = models.reduce((sum, model) => (kept.has(model.epoch) ? sum : sum + model.bytes), 0)
  return { epochs, bytes }
}

/** Of two that are as near, the later one. */
function nearest(epochs: readonly number[], wanted: number): number {
  return epochs.reduce((found, epoch) => (Math.abs(epoch - wanted) <= Math.abs(found - wanted) ? epoch : found))
}
