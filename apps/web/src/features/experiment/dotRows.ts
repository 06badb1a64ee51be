export interface DotValue {
  readonly value: number
  /** Standard deviation, where the value is a mean. */
  readonly spread?: number
  /** How it is written. @default as all values of the plot */
  readonly text?: string
}

export interface DotRow {
  readonly id: string
  readonly label: string
  readonly colour: string
  /** By series. */
  readonly values: Readonly<Record<string, DotValue | undefined>>
  /** Set apart from the rows that it sums up. */
  readonly summary?: boolean
}

export interface DotSeries {
  readonly id: string
  readonly label: string
  /** Of the glossary. */
  readonly term?: string
  /** A run's own value has the run's colour; what it is compared with has a shape of its own. */
  readonly mark: 'run' | 'hollow' | 'diamond' | 'bar' | 'cross'
}

export interface DomainOptions {
  /** Whether the axis begins at 0, so that lengths can be compared. @default false */
  readonly fromZero?: boolean | undefined
  /** What values can be at least and at most, which the axis never exceeds. @default anything */
  readonly bounds?: readonly [number, number] | undefined
}

/** Finds the range that all values and their spreads lie in; a single value gets room on both sides. */
export function domainOf(
  rows: readonly DotRow[],
  { fromZero = false, bounds = EVERYTHING }: DomainOptions = {},
): readonly [number, number] {
  const [low, high] = rangeOf(rows, fromZero)
  return [Math.max(low, bounds[0]), Math.min(high, bounds[1])]
}

const EVERYTHING = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const

function rangeOf(rows: readonly DotRow[], fromZero: boolean): readonly [number, number] {
  const ends = rows.flatMap(({ values }) =>
    Object.values(values).flatMap((each) => (each ? [each.value - (each.spread ?? 0), each.value + (each.spread ?? 0)] : [])),
  )
  const low = Math.min(...ends, ...(fromZero ? [0] : []))
  const high = Math.max(...ends, ...(fromZero ? [0] : []))
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1]
  if (low === high) return [low - Math.abs(low || 1) / 2, high + Math.abs(high || 1) / 2]
  return [low, high]
}
