import type { PrismaClient } from '../../generated/prisma/client.js'
import type { LabKey } from '../query/LabKey.js'
import { readKeyBook, valueKey } from '../query/readKeyBook.js'
import type { RunValueRow } from '../runValues.js'
import { type Cell, readCells } from './readCells.js'

export interface RunColumns {
  readonly runNumber: number
  /** Names of keys in full. */
  readonly names: readonly string[]
}

/**
 * Reads for each run what it has of the keys that are asked for, in three statements for any number of runs and keys. What a run has not, and names that no
 * key has, are left out.
 */
export async function readRunColumns(
  read: Pick<PrismaClient, '$queryRaw'>,
  asked: readonly RunColumns[],
): Promise<(readonly RunValueRow[])[]> {
  const book = await readKeyBook(read)
  const names = [...new Set(asked.flatMap((each) => each.names))]
  const keys = names.map((name) => valueKey(name, book))
  const cells = await readCells(read, [...new Set(asked.map(({ runNumber }) => runNumber))], keys)
  return asked.map((each) => {
    const own = cells.get(each.runNumber)?.cells ?? []
    const rows = new Map(keys.map((key, index) => [key.name, rowOf(key, own[index] ?? null)]))
    return each.names.flatMap((name) => rows.get(name) ?? [])
  })
}

function rowOf({ name, type }: LabKey, cell: Cell): RunValueRow | null {
  if (cell === null) return null
  if (typeof cell === 'string') return { name, number: null, text: cell }
  return type === 'DATE'
    ? { name, number: null, text: new Date(Math.round(cell * 1000)).toISOString() }
    : { name, number: cell, text: null }
}
