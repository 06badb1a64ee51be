/** What was measured at one epoch or step, by name. A number that is not finite is there as it is; what was not measured is missing. */
export interface SeriesPoint {
  readonly at: number
  readonly values: Readonly<Record<string, number>>
}
