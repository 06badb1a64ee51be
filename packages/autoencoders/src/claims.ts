export type { Claim } from './claims/Claim.js'
export { judgeClaim, type Verdict, type VerdictKind, verdictKinds } from './claims/judgeClaim.js'
export { claims, judgeExperiment } from './claims/presetClaims.js'
export type { RunFacts } from './claims/RunFacts.js'
