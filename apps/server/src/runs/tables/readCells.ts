import { Prisma, type PrismaClient } from '../../generated/prisma/client.js'
import { valueColumns } from '../query/keyColumns.js'
import type { LabKey } from '../query/LabKey.js'

/** What a run has of a key; null where it has nothing. Times are in seconds since 1970. */
export type Cell = string | number | null

export interface RunCells {
  readonly id: string
  /** In the order of the keys. */
  readonly cells: readonly Cell[]
}

type Fields = Readonly<Record<string, string | number | bigint | null>>

/** Reads what runs have of keys, by the number of the run, in two statements for any number of either. */
export async function readCells(
  read: Pick<PrismaClient, '$queryRaw'>,
  numbers: readonly number[],
  keys: readonly LabKey[],
): Promise<ReadonlyMap<number, RunCells>> {
  const list = JSON.stringify(numbers)
  const fields = keys.map((key, index) => ({ key, index })).filter(({ key }) => key.source.kind !== 'value')
  const parts = fields.map(({ key, index }) => ({ index, columns: valueColumns(key, `field${index}`) }))
  const selected = parts.map(({ index, columns: { number, text } }) => Prisma.sql`COALESCE(${number}, ${text}) AS ${nameOf(index)}`)
  const joins = Prisma.join([Prisma.empty, ...parts.map(({ columns }) => columns.join)], ' ')
  const rows = await read.$queryRaw<Fields[]>`
    SELECT ${Prisma.join([Prisma.sql`run.number AS runNumber, run.id AS runId`, ...selected])} FROM Run AS run ${joins}
    WHERE run.number IN (SELECT value FROM json_each(${list}))`
  const values = await readValues(read, list, keys)
  return new Map(
    rows.map((row) => {
      const number = Number(row.runNumber)
      const own = values.get(number)
      const cells = keys.map(({ source }, index): Cell => {
        const cell = source.kind === 'value' ? own?.get(source.keyId ?? 0) : row[`field${index}`]
        return typeof cell === 'bigint' ? Number(cell) : (cell ?? null)
      })
      return [number, { id: String(row.runId), cells }]
    }),
  )
}

const nameOf = (index: number) => Prisma.raw(`field${index}`)

interface ValueRow {
  readonly runNumber: bigint
  readonly keyId: bigint
  readonly number: number | null
  readonly text: string | null
}

async function readValues(read: Pick<PrismaClient, '$queryRaw'>, list: string, keys: readonly LabKey[]) {
  const keyIds = keys.flatMap(({ source }) => (source.kind === 'value' && source.keyId !== null ? [source.keyId] : []))
  const valuesOf = new Map<number, Map<number, Cell>>()
  if (keyIds.length === 0) return valuesOf
  const rows = await read.$queryRaw<ValueRow[]>`
    SELECT runNumber, keyId, number, text FROM RunValue
    WHERE runNumber IN (SELECT value FROM json_each(${list})) AND keyId IN (SELECT value FROM json_each(${JSON.stringify(keyIds)}))`
  for (const { runNumber, keyId, number, text } of rows) {
    const own = valuesOf.get(Number(runNumber)) ?? new Map<number, Cell>()
    own.set(Number(keyId), number ?? text)
    valuesOf.set(Number(runNumber), own)
  }
  return valuesOf
}
