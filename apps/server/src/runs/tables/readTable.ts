import type { PrismaClient } from '../../generated/prisma/client.js'
import type { RunScope } from '../runFilter.js'
import { type Cell, readCells } from './readCells.js'
import type { TableColumn } from './tableColumns.js'

/** What a run has in the columns of a table. Times are in milliseconds since 1970. */
export type TableRow = readonly Cell[]

/** So many runs are read at a time, and so many values of them: others are answered in between. */
const MOST_ROWS = 200
const MOST_CELLS = 5_000

/**
 * Reads the runs of a scope, the newest first, each as its cells in the order of the columns: in portions of bounded size, with two statements each. Runs are
 * those that matched at the beginning; what they hold is as it is when they are read.
 */
export async function* readTable(
  read: PrismaClient,
  { condition }: RunScope,
  columns: readonly TableColumn[],
): AsyncGenerator<readonly TableRow[]> {
  const matching = await read.$queryRaw<
    { number: bigint }[]
  >`SELECT run.number AS number FROM Run AS run WHERE ${condition} ORDER BY run.number DESC`
  const numbers = matching.map(({ number }) => Number(number))
  const rows = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns.length)))
  for (let start = 0; start < numbers.length; start += rows) yield await readRows(read, numbers.slice(start, start + rows), columns)
}

async function readRows(read: PrismaClient, numbers: readonly number[], columns: readonly TableColumn[]): Promise<readonly TableRow[]> {
  const keys = columns.flatMap(({ key }) => key ?? [])
  const cells = await readCells(read, numbers, keys)
  return numbers.flatMap((number) => {
    const run = cells.get(number)
    // It may have been deleted meanwhile.
    if (!run) return []
    const own = new Map(keys.map((key, index) => [key.name, run.cells[index] ?? null]))
    return [columns.map(({ name, key, type }) => (key ? toCell(own.get(name) ?? null, type) : run.id))]
  })
}

function toCell(cell: Cell, type: TableColumn['type']): Cell {
  if (cell === null) return null
  if (type === 'time') return Math.round(Number(cell) * 1000)
  return type === 'number' ? Number(cell) : String(cell)
}
