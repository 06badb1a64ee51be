import type { Case } from './Case.js'
import type { RunFacts } from './RunFacts.js'

/** Something that the lecture or a preset leads one to expect of an experiment's runs. */
export interface Claim {
  /** Names it among the claims of its preset. */
  readonly id: string
  /** What is expected, in one sentence, bounds included. */
  readonly expectation: string
  /** What cases are called where they differ in more than their seed. @default runs */
  readonly noun?: string
  /** What there has to be for it to be judged, as the end of “This takes …”. */
  readonly needs: string
  /** What it is judged by, whatever runs there are; undefined where no number tells, and an eye has to. */
  readonly cases?: (runs: readonly RunFacts[]) => readonly Case[]
}
