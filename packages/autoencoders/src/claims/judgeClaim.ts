import { marginOf } from './Bounds.js'
import type { Case, Judged, Unjudged } from './Case.js'
import type { Claim } from './Claim.js'
import type { RunFacts } from './RunFacts.js'

export const verdictKinds = ['HOLDS', 'HOLDS_FOR_SOME', 'DOES_NOT_HOLD', 'NOT_JUDGED'] as const
export type VerdictKind = (typeof verdictKinds)[number]

/** What became of a claim. */
export interface Verdict {
  readonly claim: string
  readonly expectation: string
  readonly kind: VerdictKind
  /** What was found, worked out of the runs. */
  readonly sentence: string
  /** How many cases there are, and how many of them were judged and hold. */
  readonly cases: number
  readonly judged: number
  readonly held: number
  /** Ids of the runs that it rests on. */
  readonly runs: readonly string[]
  /** Ids of the runs that are awaited before it can be judged. */
  readonly awaited: readonly string[]
}

/** Cases that a sentence names one by one. */
const MOST_NAMED = 3

type JudgedCase = Case & { readonly outcome: Judged }
type UnjudgedCase = Case & { readonly outcome: Unjudged }

const isJudged = (each: Case): each is JudgedCase => 'holds' in each.outcome
const isUnjudged = (each: Case): each is UnjudgedCase => !('holds' in each.outcome)

/** Judges a claim by runs as they are. It holds only where each case was judged and holds. */
export function judgeClaim(claim: Claim, runs: readonly RunFacts[]): Verdict {
  const cases = claim.cases?.(runs) ?? []
  const judged = cases
    .filter(isJudged)
    .sort((a, b) => marginOf(a.outcome.value, a.outcome.bounds) - marginOf(b.outcome.value, b.outcome.bounds))
  const [awaited, missing] = [
    cases.filter(isUnjudged).filter(({ outcome }) => outcome.isAwaited),
    cases.filter(isUnjudged).filter(({ outcome }) => !outcome.isAwaited),
  ]
  const held = judged.filter(({ outcome }) => outcome.holds)
  return {
    claim: claim.id,
    expectation: claim.expectation,
    kind: awaited.length > 0 ? 'NOT_JUDGED' : kindOf({ cases: cases.length, judged: judged.length, held: held.length }),
    sentence: claim.cases ? sentenceOf(claim, { cases, judged, awaited, missing }) : 'No number tells: look at the figure.',
    cases: cases.length,
    judged: judged.length,
    held: held.length,
    runs: idsOf(cases),
    awaited: idsOf(awaited, ({ state }) => state === 'awaited'),
  }
}

function kindOf({ cases, judged, held }: { readonly cases: number; readonly judged: number; readonly held: number }): VerdictKind {
  if (judged === 0) return 'NOT_JUDGED'
  if (held === 0) return 'DOES_NOT_HOLD'
  return held === cases ? 'HOLDS' : 'HOLDS_FOR_SOME'
}

interface Outcome {
  readonly cases: readonly Case[]
  /** Those that keep least of their bounds first. */
  readonly judged: readonly JudgedCase[]
  readonly awaited: readonly UnjudgedCase[]
  readonly missing: readonly UnjudgedCase[]
}

function sentenceOf(claim: Claim, { cases, judged, awaited, missing }: Outcome): string {
  if (cases.length === 0) return `Cannot be judged: this takes ${claim.needs}.`
  const found = judged.length === 0 ? '' : foundOf(judged, nounOf(claim, judged))
  const left = missing.length === 0 ? '' : `${list(missing, ({ name, outcome }) => `${name}: ${outcome.reason}`)}.`
  if (awaited.length > 0) {
    const waiting = `Cannot be judged yet: ${awaited.length} of ${cases.length} ${awaited.length === 1 ? 'is' : 'are'} awaited (${list(awaited, ({ name }) => name)}).`
    return [waiting, found && `So far: ${found}`, left].filter(Boolean).join(' ')
  }
  if (judged.length === 0) return `Cannot be judged: ${left}`
  return [found, left && `Not judged: ${left}`].filter(Boolean).join(' ')
}

/** Counts what holds, and shows in numbers the case that holds least well, or those that do not. */
function foundOf(judged: readonly JudgedCase[], noun: string): string {
  const failing = judged.filter(({ outcome }) => !outcome.holds)
  const held = judged.length - failing.length
  const [closest] = judged
  if (judged.length === 1 && closest)
    return `${failing.length === 0 ? 'Holds' : 'Does not hold'} for ${closest.name}: ${closest.outcome.numbers}.`
  if (failing.length === 0 && closest)
    return `Holds for ${held} of ${judged.length} ${noun}; least clearly for ${closest.name}: ${closest.outcome.numbers}.`
  const numbers =
    failing.length === 1 ? numbersOf(failing[0]) : `${list(failing, ({ name }) => name)}; clearest for ${numbersOf(failing[0])}`
  return held === 0
    ? `Does not hold for any of ${judged.length} ${noun}; clearest for ${numbersOf(failing[0])}.`
    : `Holds for ${held} of ${judged.length} ${noun}, but not for ${numbers}.`
}

const numbersOf = (each: JudgedCase | undefined) => (each ? `${each.name}: ${each.outcome.numbers}` : '')

function list<Item>(items: readonly Item[], describe: (item: Item) => string): string {
  const named = items.slice(0, MOST_NAMED).map(describe)
  const others = items.length - named.length
  return [...named, ...(others > 0 ? [`${others} more`] : [])].join('; ')
}

/** Calls cases seeds where they differ in that alone, and what the claim calls them where no two differ in that alone. */
function nounOf({ noun = 'runs' }: Claim, cases: readonly Case[]): string {
  const settings = new Set(cases.map((each) => JSON.stringify(each.runs.map(withoutSeed))))
  if (settings.size === cases.length) return noun
  const seeds = new Set(cases.map((each) => each.runs[0]?.config.training.seed))
  if (seeds.size <= 1) return noun
  return settings.size === 1 && seeds.size === cases.length ? 'seeds' : noun === 'runs' ? noun : `${noun} and seeds`
}

function withoutSeed({ config }: RunFacts): unknown {
  return { ...config, training: { ...config.training, seed: null } }
}

function idsOf(cases: readonly Case[], wanted: (run: RunFacts) => boolean = () => true): readonly string[] {
  return [...new Set(cases.flatMap(({ runs }) => runs.filter(wanted).map(({ id }) => id)))]
}
