import type { ProgressStage } from '../../data/generated/graphql'

interface RunPosition {
  readonly summary: { readonly epochs: number; readonly epochsCompleted: number }
  readonly progress: { readonly stage: ProgressStage; readonly epoch: number; readonly step: number; readonly stepsPerEpoch: number } | null
}

/** Gives how far a run is, from 0 to 1: by its epochs, or while layers are pretrained by how far that is. */
export function runFraction({ progress, summary }: RunPosition): number {
  if (summary.epochs === 0) return 0
  if (progress?.stage === 'PRETRAINING') return Math.min(1, progress.step / Math.max(1, progress.stepsPerEpoch))
  if (progress?.stage === 'MEASURING') return 1
  const epochs =
    progress && progress.stage !== 'STARTING'
      ? progress.epoch - 1 + progress.step / Math.max(1, progress.stepsPerEpoch)
      : summary.epochsCompleted
  return Math.min(1, Math.max(0, epochs / summary.epochs))
}
