import type { FigureTable } from '../../ui/FigureSource'
import type { MapExamples, SplitCounts } from './mapExamples'
import { splitOf } from './mapExamples'
import type { MapLayout } from './mapLayout'

export interface MapTableOptions {
  readonly epoch: number
  readonly examples: MapExamples
  readonly layout: MapLayout
  readonly counts: SplitCounts
  /** Classes that the map leaves out. */
  readonly hidden: readonly number[]
  /** Of each example of the map, by its place there; null where they are not known. */
  readonly errors: ArrayLike<number> | null
  /** Likewise; what is not finite or below 0 is in none. */
  readonly clusters: ArrayLike<number> | null
}

/** Lists what a map shows: each example, where it lies, and by what it may be coloured. */
export function mapTable({ epoch, examples, layout, counts, hidden, errors, clusters }: MapTableOptions): FigureTable {
  const { labels, rowOf } = examples
  const { x, y } = layout.placesOf(examples)
  const [across, up] = layout.names
  const numberAt = (values: ArrayLike<number>, index: number) => {
    const value = values[index] ?? Number.NaN
    return Number.isFinite(value) ? value : null
  }
  const clusterAt = (values: ArrayLike<number>, index: number) => {
    const cluster = numberAt(values, index)
    return cluster !== null && cluster >= 0 ? cluster : null
  }
  return {
    columns: [
      ...['split', 'example', 'label', 'epoch', across, ...(layout.isLine ? [] : [up])],
      ...(errors ? ['error'] : []),
      ...(clusters ? ['cluster'] : []),
    ],
    rows: Array.from(labels, (label, index) => ({ label, index }))
      .filter(({ label }) => !hidden.includes(label))
      .map(({ label, index }) => [
        ...splitOf(rowOf(index), counts),
        label,
        epoch,
        x[index] ?? null,
        ...(layout.isLine ? [] : [y[index] ?? null]),
        ...(errors ? [numberAt(errors, index)] : []),
        ...(clusters ? [clusterAt(clusters, index)] : []),
      ]),
  }
}
