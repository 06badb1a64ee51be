import { Prisma, type PrismaClient } from '../../generated/prisma/client.js'
import { valueColumns } from '../query/keyColumns.js'
import type { RunScope } from '../runFilter.js'
import type { TableColumn } from './tableColumns.js'

/** What a run has in a column; null where it has nothing. Times are in milliseconds since 1970. */
export type Cell = string | number | null
export type TableRow = readonly Cell[]

/** So many runs are read at a time: others are answered in between. */
const ROWS = 200

/**
 * Reads the runs of a scope, the newest first, each as its cells in the order of the columns: in portions of bounded size, with four statements each. Runs are
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
  for (let start = 0; start < numbers.length; start += ROWS) yield await readRows(read, numbers.slice(start, start + ROWS), columns)
}

type Fields = Readonly<Record<string, string | number | bigint | null>>

async function readRows(read: PrismaClient, numbers: readonly number[], columns: readonly TableColumn[]): Promise<readonly TableRow[]> {
  const list = JSON.stringify(numbers)
  const fields = columns.map(({ key }, index) => ({ key, index })).filter(({ key }) => key && key.source.kind !== 'value')
  const parts = fields.map(({ key, index }) => ({ index, columns: key && valueColumns(key, `field${index}`) }))
  const selected = parts.map(
    ({ index, columns: own }) => Prisma.sql`COALESCE(${own?.number}, ${own?.text}) AS ${Prisma.raw(`field${index}`)}`,
  )
  const joins = Prisma.join([Prisma.empty, ...parts.map(({ columns: own }) => own?.join ?? Prisma.empty)], ' ')
  const rows = await read.$queryRaw<Fields[]>`
    SELECT ${Prisma.join([Prisma.sql`run.number AS runNumber, run.id AS runId`, ...selected])} FROM Run AS run ${joins}
    WHERE run.number IN (SELECT value FROM json_each(${list})) ORDER BY run.number DESC`
  const values = await read.$queryRaw<{ runNumber: bigint; keyId: bigint; number: number | null; text: string | null }[]>`
    SELECT runNumber, keyId, number, text FROM RunValue WHERE runNumber IN (SELECT value FROM json_each(${list}))`
  const valuesOf = new Map<number, Map<number, Cell>>()
  for (const { runNumber, keyId, number, text } of values) {
    const own = valuesOf.get(Number(runNumber)) ?? new Map<number, Cell>()
    own.set(Number(keyId), number ?? text)
    valuesOf.set(Number(runNumber), own)
  }
  return rows.map((row) => {
    const own = valuesOf.get(Number(row.runNumber))
    return columns.map(({ key, type }, index) => {
      if (!key) return String(row.runId)
      const { source } = key
      const cell = source.kind === 'value' ? own?.get(source.keyId ?? 0) : row[`field${index}`]
      if (cell === null || cell === undefined) return null
      if (type === 'time') return Math.round(Number(cell) * 1000)
      return type === 'number' ? Number(cell) : String(cell)
    })
  })
}
