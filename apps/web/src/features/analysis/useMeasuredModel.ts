import { useLatentModel } from '../../entities/model/useLatentModel'
import { useCodes } from '../../entities/run/useCodes'
import type { AnalysedRun } from './AnalysisFigure'

/** Opens the model that was measured, and finds its codes. */
export function useMeasuredModel({ run, analysis: { epoch } }: AnalysedRun) {
  const { codes, failed, retry } = useCodes(run.id, epoch)
  const url = run.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.url
  const { exampleShape } = run.dataset
  const { model, error, retry: reopen } = useLatentModel(url ? { architecture: run.config.architecture, exampleShape, url } : null)
  return { codes, model, failed: failed || error !== null, retry: () => (failed ? retry() : reopen()) }
}
