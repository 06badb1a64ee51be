/** One round of a search: so many runs, each trained up to so many epochs in all. */
export interface Rung {
  readonly epochs: number
  readonly runs: number
}

export interface HalvingPlan {
  /** Runs that the search begins with. */
  readonly runs: number
  /** Epochs of each in the first rung. */
  readonly firstEpochs: number
  /** Of so many runs one goes on, with so many times the epochs. */
  readonly eta: number
  /** Epochs of those that are trained to the end. */
  readonly epochs: number
}

/**
 * Lays out the rungs of successive halving (Jamieson and Talwalkar, 2016): all runs are trained for few epochs, of `eta` the best one goes on to `eta` times
 * as many, up to all epochs. The last rung has all epochs, however few runs are left.
 */
export function planHalving({ runs, firstEpochs, eta, epochs }: HalvingPlan): readonly Rung[] {
  const rungs: Rung[] = []
  for (let left = runs, upTo = firstEpochs; ; left = Math.max(1, Math.floor(left / eta)), upTo *= eta) {
    // One run has nobody to be compared with before its end.
    const rung = { epochs: left === 1 && rungs.length > 0 ? epochs : Math.min(epochs, Math.floor(upTo)), runs: left }
    rungs.push(rung)
    if (rung.epochs >= epochs) return rungs
  }
}

/** Counts the epochs that rungs come to: a run goes on from where it was. */
export function epochsOfRungs(rungs: readonly Rung[]): number {
  return rungs.reduce((sum, { epochs, runs }, index) => sum + runs * (epochs - (rungs[index - 1]?.epochs ?? 0)), 0)
}

/** How a run stands at the end of a rung; its loss is null where it did not get there. */
export interface RungScore {
  readonly id: string
  readonly loss: number | null
}

/** Ranks the runs of a rung by their validation losses, the smallest first; of equal ones the one that comes first. Those without a finite one are left out. */
export function rankRung<Score extends RungScore>(scores: readonly Score[]): readonly Score[] {
  const lossOf = ({ loss }: Score) => (loss !== null && Number.isFinite(loss) ? loss : null)
  return scores.filter((score) => lossOf(score) !== null).sort((a, b) => (lossOf(a) ?? 0) - (lossOf(b) ?? 0))
}
