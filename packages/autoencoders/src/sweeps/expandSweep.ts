import { type CounterRandom, createRandom } from '@hourglass/datasets'

/** The values of one setting in a sweep: some that are given, or so many between two ends, evenly spaced on an axis. */
export type AxisValues =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly scale: 'linear' | 'log'; readonly count: number }

/** One setting that a sweep varies. */
export interface SweepAxis {
  /** Of the setting, `optimizer.learningRate`; draws of one path are the same whatever else is drawn. */
  readonly path: string
  readonly values: AxisValues
  /** Whether its numbers are whole ones. */
  readonly isWhole: boolean
}

/** Every combination of all values, or so many that are drawn: from lists each value as likely, from ranges any number between the ends, as likely by their scale. */
export type SweepMethod = { readonly kind: 'grid' } | { readonly kind: 'random'; readonly draws: number; readonly seed: number }

export interface Sweep {
  readonly axes: readonly SweepAxis[]
  readonly method: SweepMethod
}

/** A value for each axis, as it is typed. */
export type Assignment = readonly string[]

type Range = Extract<AxisValues, { kind: 'range' }>

/** Values that one range may have: more than anybody trains one after another. */
const MOST_VALUES = 200
/** Numbers between the ends of a range are rounded to so many digits, so that they can be read. */
const DIGITS = 4
/** Draws that came before are drawn again; where so many times as many as wanted bring none that is new, there are no more. */
const MOST_ATTEMPTS = 20

/** Counts the combinations of a sweep without making them; of draws the most that there can be. */
export function countSweep({ axes, method }: Sweep): number {
  return method.kind === 'random' ? method.draws : axes.reduce((product, axis) => product * axisTexts(axis).length, 1)
}

/**
 * Makes the combinations of a sweep, each once: of a grid the last axis changes first; of draws the same seed gives the same ones, and more draws begin with
 * those of fewer. There are fewer than were asked for where there are no more.
 */
export function expandSweep({ axes, method }: Sweep): readonly Assignment[] {
  if (axes.length === 0) return []
  if (method.kind === 'random') return drawAssignments(axes, method)
  return axes.reduce<readonly Assignment[]>(
    (assignments, axis) => assignments.flatMap((assignment) => axisTexts(axis).map((text) => [...assignment, text])),
    [[]],
  )
}

/** Says what is wrong with a range; null where nothing is. */
export function rangeProblem({ from, to, scale, count }: Range): string | null {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return 'Give both ends of the range as numbers.'
  if (from === to) return `Expected two ends that differ, got ${from} twice.`
  if (scale === 'log' && Math.min(from, to) <= 0) return `Expected ends above 0 on a log scale, got ${Math.min(from, to)}.`
  if (!Number.isInteger(count) || count < 2) return `Expected 2 values or more, got ${count}.`
  if (count > MOST_VALUES) return `Expected at most ${MOST_VALUES} values, got ${count.toLocaleString('en')}.`
  return null
}

/** Writes the values of one axis of a grid, each once; of a range that has more than it may the first ones, one too many. */
function axisTexts({ values, isWhole }: SweepAxis): readonly string[] {
  if (values.kind === 'list') return [...new Set(values.values)]
  const { count, from, to } = values
  const texts = Array.from({ length: Math.min(count, MOST_VALUES + 1) }, (_, index) => {
    const isEnd = index === 0 || index === count - 1
    const value = index === 0 ? from : index === count - 1 ? to : between(values, index / (count - 1))
    return isEnd && !isWhole ? String(value) : writeNumber(value, isWhole)
  })
  return [...new Set(texts)]
}

function drawAssignments(axes: readonly SweepAxis[], { draws, seed }: Extract<SweepMethod, { kind: 'random' }>): readonly Assignment[] {
  const streams = axes.map((axis) => ({ axis, random: createRandom(seed, `sweep ${axis.path}`) }))
  const drawn = new Map<string, Assignment>()
  for (let index = 0; drawn.size < draws && index < draws * MOST_ATTEMPTS; index++) {
    const assignment = streams.map(({ axis, random }) => drawText(axis, random, index))
    const key = JSON.stringify(assignment)
    if (!drawn.has(key)) drawn.set(key, assignment)
  }
  return [...drawn.values()]
}

function drawText({ values, isWhole }: SweepAxis, random: CounterRandom, index: number): string {
  const share = random.uniform(index)
  if (values.kind === 'list') return values.values[Math.floor(share * values.values.length)] ?? ''
  if (!isWhole) return writeNumber(between(values, share), false)
  // Whole numbers at the ends are as likely as others: each stands for the half below and above it.
  const [low, high] = [Math.ceil(Math.min(values.from, values.to)), Math.floor(Math.max(values.from, values.to))]
  const value = Math.round(between({ ...values, from: low - 0.5, to: high + 0.5 }, share))
  return String(Math.min(high, Math.max(low, value)))
}

/** The number at a share of the way from one end to the other. */
function between({ from, to, scale }: Range, share: number): number {
  return scale === 'linear' ? from + share * (to - from) : from * (to / from) ** share
}

function writeNumber(value: number, isWhole: boolean): string {
  return String(isWhole ? Math.round(value) : Number(value.toPrecision(DIGITS)))
}
