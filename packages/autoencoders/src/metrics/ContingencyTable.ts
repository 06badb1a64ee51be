import { requireSameLength } from './requireSameLength.js'

type Labels = Uint8Array | readonly number[]

/** Counts how often each pair of labels of two labellings of the same examples occurs. */
export class ContingencyTable {
  /** Occurrences of each pair that occurs. */
  readonly cells: readonly { readonly row: number; readonly column: number; readonly count: number }[]
  /** Occurrences of each label of the first labelling. */
  readonly rows: ReadonlyMap<number, number>
  /** Occurrences of each label of the second labelling. */
  readonly columns: ReadonlyMap<number, number>
  readonly count: number

  constructor(first: Labels, second: Labels) {
    requireSameLength('labels', first, { other: second })
    this.count = first.length
    this.rows = countValues(first)
    this.columns = countValues(second)
    const cells = new Map<string, { row: number; column: number; count: number }>()
    for (const [index, row] of first.entries()) {
      const column = second[index] as number
      const cell = cells.get(`${row}/${column}`) ?? { row, column, count: 0 }
      cell.count += 1
      cells.set(`${row}/${column}`, cell)
    }
    this.cells = [...cells.values()]
  }
}

function countValues(labels: Labels): Map<number, number> {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}
