import type { ContingencyTable } from './ContingencyTable.js'

/**
 * Computes 2 I(U; V) / (H(U) + H(V)) of two labellings: 1 where each tells the other, 0 where neither tells anything. Two labellings that
 * each have a single label agree: 1. Source: Strehl & Ghosh 2002, normalised by the arithmetic mean of the entropies.
 */
export function normalizedMutualInformation({ cells, rows, columns, count }: ContingencyTable): number {
  const entropies = entropy(rows, count) + entropy(columns, count)
  if (entropies === 0) return 1
  const information = cells.reduce((sum, { row, column, count: joint }) => {
    const independent = ((rows.get(row) ?? 0) * (columns.get(column) ?? 0)) / count
    return sum + (joint / count) * Math.log(joint / independent)
  }, 0)
  return Math.max(0, (2 * information) / entropies)
}

/** H = −Σ p ln p in nats. */
function entropy(counts: ReadonlyMap<number, number>, total: number): number {
  return [...counts.values()].reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0)
}
