interface Seeded {
  /** Seconds of the runs with one seed each. */
  readonly seconds: number
  readonly runs: number
  readonly seeds: number
  /** Runs that are trained side by side. */
  readonly maxRuns: number
}

/** Seconds that runs take once each is trained with so many seeds: as many of all these side by side as the lab trains. */
export function secondsOfSeeds({ seconds, runs, seeds, maxRuns }: Seeded): number {
  return (seconds * seeds * Math.min(runs, maxRuns)) / Math.min(runs * seeds, maxRuns)
}
