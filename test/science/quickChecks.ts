import { measuredChecks } from './quickMeasuredChecks.js'
import { planeChecks } from './quickPlaneChecks.js'
import { reconstructionChecks } from './quickReconstructionChecks.js'
import type { QuickRuns } from './quickRuns.js'

/** One thing that a preset tells to look for, as a number and the bounds that it must keep. */
export interface Claim {
  readonly what: string
  readonly value: number
  readonly above?: number
  readonly below?: number
}

export type QuickCheck = (runs: QuickRuns) => readonly Claim[] | Promise<readonly Claim[]>

/** What the quick version of each preset must show; walks through latent space and samples are for the eye alone. */
export const quickChecks: Readonly<Record<string, QuickCheck>> = { ...reconstructionChecks, ...measuredChecks, ...planeChecks }
