/** Share of a scale's variance above which a code unit is in use; of a prior of variance 1, as in Burda, Grosse & Salakhutdinov 2016, appendix C. */
const ACTIVE_SHARE = 0.01

/**
 * Tells of each code unit, by its variance over examples, whether it is in use: Var(zⱼ) > ACTIVE_SHARE · scale. Codes with a standard normal
 * prior have the scale 1. Those of deterministic encoders have any scale, which a penalty may shrink without loss, and are measured by their
 * unit of largest variance.
 */
export function activeUnits(variances: readonly number[], hasPrior: boolean): readonly boolean[] {
  const scale = hasPrior ? 1 : Math.max(...variances)
  return variances.map((variance) => variance > ACTIVE_SHARE * scale)
}

/** Returns the share of units that are in use. */
export function activeUnitShare(variances: readonly number[], hasPrior: boolean): number {
  return activeUnits(variances, hasPrior).filter(Boolean).length / variances.length
}
