import type { CompileError } from '../../src/errors.js'
import { deviations } from './deviations.js'
import type { Outcome } from './SpecReport.js'

/** What came of one spec, as jasmine and the backend saw it. */
export interface SpecRun {
  readonly name: string
  readonly passed: boolean
  /** What failed. */
  readonly messages: readonly string[]
  /** Graphs that were compiled and run. */
  readonly graphs: number
  /** What the compiler refused. */
  readonly refusals: readonly CompileError[]
}

/** The difference |actual - expected| / (1 + |expected|) that functions of one element may have: about eight roundings of float32. */
const tolerance = 1e-6

/** Judges a spec. It is refused only where every failure of it tells of a refusal. */
export function outcomeOf({ name, passed, messages, graphs, refusals }: SpecRun): Outcome {
  if (passed) return graphs > 0 ? 'computed' : 'checked'
  if (messages.length > 0 && messages.every(isRounding)) return 'computed'
  if (messages.length > 0 && messages.every((message) => refusals.some((refusal) => message.includes(refusal.message)))) return 'refused'
  return Object.hasOwn(deviations, name) ? 'deviates' : 'failed'
}

/** Specs compare with a fixed difference, which for large numbers is less than one rounding of float32. */
function isRounding(message: string): boolean {
  const { actual, expected } = /^Actual: (?<actual>.*)\.$\n^Expected: (?<expected>.*)\.$/m.exec(message.replaceAll('\r', ''))?.groups ?? {}
  if (actual === undefined || expected === undefined) return false
  const [a, e] = [actual, expected].map((list) => list.split(',').map(Number))
  if (!a || !e || a.length !== e.length) return false
  return e.every((value, index) => Math.abs((a[index] ?? Number.NaN) - value) <= tolerance * (1 + Math.abs(value)))
}
