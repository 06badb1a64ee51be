import type { ContingencyTable } from './ContingencyTable.js'

/**
 * Computes the adjusted Rand index of two labellings: the pairs of examples that both put together, corrected for chance, so that random
 * labellings have 0 on average and equal ones 1.
 *
 *     (Σ C(nᵢⱼ, 2) − E) / (½ (Σ C(aᵢ, 2) + Σ C(bⱼ, 2)) − E),  E = Σ C(aᵢ, 2) Σ C(bⱼ, 2) / C(n, 2)
 *
 * Where neither labelling leaves a choice (one label, or each example its own) they agree: 1. Source: Hubert & Arabie 1985, equation 5.
 */
export function adjustedRandIndex({ cells, rows, columns, count }: ContingencyTable): number {
  const together = cells.reduce((sum, cell) => sum + pairs(cell.count), 0)
  const inRows = sumOfPairs(rows)
  const inColumns = sumOfPairs(columns)
  const expected = count < 2 ? 0 : (inRows * inColumns) / pairs(count)
  const largest = (inRows + inColumns) / 2
  return largest === expected ? 1 : (together - expected) / (largest - expected)
}

const pairs = (count: number) => (count * (count - 1)) / 2

function sumOfPairs(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + pairs(count), 0)
}
