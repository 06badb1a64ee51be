import type { RunAnalysis } from './useExperimentAnalyses'

/** Returns the SSIM that was measured after the last epoch: of denoised images where a run denoises. */
export function similarityOf(analysis: Pick<RunAnalysis, 'subjects'> | null | undefined): number | null {
  const subjects = analysis?.subjects ?? []
  const measured = subjects.find(({ subject }) => subject === 'DENOISED') ?? subjects.find(({ subject }) => subject === 'MODEL')
  return measured?.metrics.structuralSimilarity ?? null
}
