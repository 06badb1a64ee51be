import { applications } from './applications.js'
import type { Claim } from './Claim.js'
import { convolutional } from './convolutional.js'
import { denoising } from './denoising.js'
import { generative } from './generative.js'
import { introduction } from './introduction.js'
import { judgeClaim, type Verdict } from './judgeClaim.js'
import { manifolds } from './manifolds.js'
import { overcomplete } from './overcomplete.js'
import { pretraining } from './pretraining.js'
import { principalComponents } from './principalComponents.js'
import type { RunFacts } from './RunFacts.js'
import { regularized } from './regularized.js'
import { undercomplete } from './undercomplete.js'

/** What each preset leads one to expect, by its id. */
export const claims: Readonly<Record<string, readonly Claim[]>> = {
  ...introduction,
  ...principalComponents,
  ...undercomplete,
  ...overcomplete,
  ...manifolds,
  ...regularized,
  ...denoising,
  ...convolutional,
  ...pretraining,
  ...generative,
  ...applications,
}

/** Judges every claim of a preset by runs as they are; nothing where there is no such preset. */
export function judgeExperiment(presetId: string, runs: readonly RunFacts[]): readonly Verdict[] {
  return (claims[presetId] ?? []).map((claim) => judgeClaim(claim, runs))
}
