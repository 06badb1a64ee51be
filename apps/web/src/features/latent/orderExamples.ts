import { type SplitCounts, type SplitName, splitNames } from './mapExamples'

export const exampleOrders = ['index', 'worst', 'best'] as const
export type ExampleOrder = (typeof exampleOrders)[number]

interface OrderOptions {
  readonly split: SplitName
  readonly counts: SplitCounts
  readonly order: ExampleOrder
  /** Those of one class; null for all. */
  readonly label: number | null
  /** Of all examples of the run; null before they are known: then classes and errors say nothing. */
  readonly labels: ArrayLike<number> | null
  readonly errors: ArrayLike<number> | null
}

/** Lists the rows of a split's examples in an order. */
export function orderExamples({ split, counts, order, label, labels, errors }: OrderOptions): readonly number[] {
  const at = splitNames.indexOf(split)
  const first = counts.slice(0, at).reduce((sum, count) => sum + count, 0)
  const all = Array.from({ length: counts[at] ?? 0 }, (_, index) => first + index)
  const rows = label === null || !labels ? all : all.filter((row) => labels[row] === label)
  if (order === 'index' || !errors) return rows
  const sign = order === 'worst' ? -1 : 1
  return rows.toSorted((a, b) => sign * ((errors[a] as number) - (errors[b] as number)) || a - b)
}
