import { formatLoss } from '../../ui/formatQuantity'

/** What PCA makes of what a run sees, beside which the run stands. */
export interface Baseline {
  readonly components: number
  /** Whether these are all components that there are. */
  readonly isWhole: boolean
  /** On test examples. */
  readonly meanSquaredError: number
  /** On validation examples; null where none are held out. */
  readonly validationMeanSquaredError: number | null
  /** Whether what is reconstructed of images is clipped to 0…1, as the run’s is; false for runs of earlier versions. */
  readonly isClipped: boolean
}

/** Gives PCA’s error on the examples that a run is scored on after each epoch. */
export function scoredError({
  meanSquaredError,
  validationMeanSquaredError = null,
}: Pick<Baseline, 'meanSquaredError'> & Partial<Pick<Baseline, 'validationMeanSquaredError'>>): number {
  return validationMeanSquaredError ?? meanSquaredError
}

/** Says what a run is compared with: of what it sees corrupted, PCA sees the same. */
export function nameBaseline(
  { components, isWhole, isClipped = true }: Pick<Baseline, 'components' | 'isWhole'> & Partial<Baseline>,
  isCorrupted: boolean,
): string {
  const count = `${components} ${components === 1 ? 'component' : 'components'}${isWhole ? ', all there are' : ''}${isClipped ? '' : ', not clipped'}`
  return isCorrupted ? `PCA of the corrupted, ${count}` : `PCA, ${count}`
}

/** An error of nothing but rounding compares with nothing. */
const SMALLEST_COMPARED = 1e-9

/** Writes how many times PCA’s error on the same examples a run’s is; a dash where one of them is missing or they are not of the same kind. */
export function againstPca(error: number | null, pca: number | null, baseline: Pick<Baseline, 'isClipped'> | null): string {
  if (error === null || pca === null || !baseline?.isClipped || pca < SMALLEST_COMPARED) return '–'
  const ratio = error / pca
  // A run that diverges is no longer compared in digits.
  return `${ratio < 1e6 ? ratio.toFixed(2) : formatLoss(ratio)} ×`
}
