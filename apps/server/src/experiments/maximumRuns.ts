/** Runs that one experiment may have. */
export const MAXIMUM_RUNS = 200
