import { type Bounds, describeBounds, isWithin } from './Bounds.js'
import { formatNumber, formatSigned, formatWithin } from './formatNumber.js'
import type { RunFacts } from './RunFacts.js'
import type { Term } from './Term.js'

/** One thing that a claim is judged by: a run, or runs that are compared. */
export interface Case {
  readonly name: string
  readonly runs: readonly RunFacts[]
  readonly outcome: Judged | Unjudged
}

export interface Judged {
  readonly value: number
  readonly bounds: Bounds
  readonly holds: boolean
  /** What was found and what was expected of it, in numbers. */
  readonly numbers: string
}

export interface Unjudged {
  /** Whether a run that is still to end may change that. */
  readonly isAwaited: boolean
  /** Why it cannot be judged, as the end of a sentence about the case. */
  readonly reason: string
}

/** Sets one number against bounds. */
export function valueCase(term: Term, bounds: Bounds, name = nameOf([term])): Case {
  return judge([term], { name, bounds }, ([value = Number.NaN]) => ({
    value,
    found: `${term.title} ${formatWithin(value, bounds)}${suffix(term.unit)}${whose(term, true)}`,
    unit: term.unit,
  }))
}

/** Sets one number over another against bounds. */
export function ratioCase([over, under]: readonly [over: Term, under: Term], bounds: Bounds, name = nameOf([over, under])): Case {
  return judge([over, under], { name, bounds }, ([a = Number.NaN, b = Number.NaN]) => ({
    value: a / b,
    found: `${compared([over, a], [under, b])}, ${formatWithin(a / b, bounds)} times as much`,
    unit: null,
  }))
}

/** Sets what one number has over another against bounds. */
export function differenceCase(
  [minuend, subtrahend]: readonly [minuend: Term, subtrahend: Term],
  bounds: Bounds,
  name = nameOf([minuend, subtrahend]),
): Case {
  const unit = minuend.unit === '%' ? 'points' : minuend.unit
  return judge([minuend, subtrahend], { name, bounds }, ([a = Number.NaN, b = Number.NaN]) => ({
    value: a - b,
    found: `${compared([minuend, a], [subtrahend, b])}, ${formatSigned(formatWithin(a - b, bounds))}${suffix(unit)}`,
    unit,
  }))
}

interface Judgement {
  readonly name: string
  readonly bounds: Bounds
}

type ValuedTerm = readonly [term: Term, value: number]

interface Found {
  readonly value: number
  readonly found: string
  readonly unit: string | null
}

function judge(terms: readonly Term[], { name, bounds }: Judgement, work: (values: readonly number[]) => Found): Case {
  const runs = [...new Set(terms.flatMap((term) => term.runs))]
  const unfit = describeUnfit(terms, runs)
  if (unfit) return { name, runs, outcome: unfit }
  const { value, found, unit } = work(terms.map((term) => term.value ?? Number.NaN))
  if (!Number.isFinite(value)) return { name, runs, outcome: { isAwaited: false, reason: `${found} is no number` } }
  return {
    name,
    runs,
    outcome: { value, bounds, holds: isWithin(value, bounds), numbers: `${found} (expected ${describeBounds(bounds)}${suffix(unit)})` },
  }
}

function describeUnfit(terms: readonly Term[], runs: readonly RunFacts[]): Unjudged | null {
  const awaited = runs.filter(({ state }) => state === 'awaited')
  if (awaited.length > 0) return { isAwaited: true, reason: 'not finished yet' }
  const [broken] = runs.filter(({ state }) => state !== 'ended')
  if (broken) {
    const how = broken.state === 'failed' ? 'failed' : 'was stopped before its last epoch'
    return { isAwaited: false, reason: runs.length > 1 ? `${broken.label} ${how}` : how }
  }
  const missing = terms.filter(({ value }) => value === null || !Number.isFinite(value))
  return missing.length === 0
    ? null
    : { isAwaited: false, reason: `not measured: ${missing.map(({ title, of }) => (of ? `${title} of ${of}` : title)).join(', ')}` }
}

/** Writes two numbers that are told apart with the digits that this takes. */
function compared([first, a]: ValuedTerm, [second, b]: ValuedTerm): string {
  const digits = [3, 4, 5, 6].find((each) => a === b || formatNumber(a, each) !== formatNumber(b, each)) ?? 6
  const [left, right] = [formatNumber(a, digits), formatNumber(b, digits)]
  const areOfOneRun = first.runs[0] === second.runs[0]
  const what = second.title === first.title ? '' : `${second.title} `
  return `${first.title} ${left}${suffix(first.unit)}${whose(first, areOfOneRun)} against ${what}${right}${suffix(second.unit)}${whose(second, areOfOneRun)}`
}

/** Says what a number is of where that is not understood. */
function whose({ of, runs }: Term, isUnderstood: boolean): string {
  const words = [...(of ? [of] : []), ...(isUnderstood ? [] : runs.slice(0, 1).map(({ label }) => label))]
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

function nameOf(terms: readonly Term[]): string {
  return [...new Set(terms.flatMap(({ runs }) => runs.map(({ label }) => label)))].join(' and ')
}

function suffix(unit: string | null): string {
  return unit === null ? '' : unit === '°' ? '°' : ` ${unit}`
}
