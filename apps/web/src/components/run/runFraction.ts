interface RunPosition {
  readonly summary: { readonly epochs: number; readonly epochsCompleted: number }
  readonly progress: { readonly epoch: number; readonly step: number; readonly stepsPerEpoch: number } | null
}

/** Gives how far a run is, from 0 to 1. */
export function runFraction({ progress, summary }: RunPosition): number {
  if (summary.epochs === 0) return 0
  const epochs = progress ? progress.epoch - 1 + progress.step / Math.max(1, progress.stepsPerEpoch) : summary.epochsCompleted
  return Math.min(1, Math.max(0, epochs / summary.epochs))
}
