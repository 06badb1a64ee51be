/**
 * What can come of a spec: `computed`, right by graphs that were compiled and run; `checked`, right without a graph, such as checks of
 * arguments; `refused` by name; `deviates` where tfjs is known to be wrong; `failed`.
 */
export type Outcome = 'computed' | 'checked' | 'refused' | 'deviates' | 'failed'

export interface SpecReport {
  readonly name: string
  readonly outcome: Outcome
  /** What failed. */
  readonly messages: readonly string[]
}
