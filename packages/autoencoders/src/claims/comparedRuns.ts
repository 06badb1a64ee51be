import { type RunFacts, sharedSettings } from './RunFacts.js'

export interface Pair {
  readonly left: RunFacts
  readonly right: RunFacts
}

interface PairOptions {
  readonly left: (run: RunFacts) => boolean
  readonly right: (run: RunFacts) => boolean
  /** What both have to share. @default data, code size and seed */
  readonly shared?: (run: RunFacts) => string
}

/** Pairs runs of two kinds that are the same otherwise: each of the one with each of the other. */
export function pairsOf(runs: readonly RunFacts[], { left, right, shared = sharedSettings }: PairOptions): readonly Pair[] {
  return runs
    .filter(left)
    .flatMap((one) =>
      runs.filter((other) => other !== one && right(other) && shared(other) === shared(one)).map((other) => ({ left: one, right: other })),
    )
}

interface NeighbourOptions {
  /** What runs are ordered by; undefined leaves one out. */
  readonly by: (run: RunFacts) => number | undefined
  readonly shared?: (run: RunFacts) => string
}

/** Pairs each run with the next one of more of something: `left` has less of it. */
export function neighboursOf(runs: readonly RunFacts[], { by, shared = sharedSettings }: NeighbourOptions): readonly Pair[] {
  const ordered = runs
    .flatMap((run) => {
      const amount = by(run)
      return amount === undefined ? [] : [{ run, amount }]
    })
    .sort((a, b) => a.amount - b.amount)
  return ordered.flatMap(({ run, amount }) => {
    const more = ordered.filter((other) => other.amount > amount && shared(other.run) === shared(run))
    return more.filter((other) => other.amount === more[0]?.amount).map((other) => ({ left: run, right: other.run }))
  })
}
