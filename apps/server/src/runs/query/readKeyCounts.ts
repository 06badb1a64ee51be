import { Prisma, type PrismaClient } from '../../generated/prisma/client.js'
import { valueColumns } from './keyColumns.js'
import type { LabKey } from './LabKey.js'
import type { LabKeys } from './readKeyBook.js'

/** The runs that keys are looked at of. */
export interface KeyScope {
  readonly keys: LabKeys
  /** What holds of a row `run`. */
  readonly condition: Prisma.Sql
}

export interface CountedKey {
  readonly key: LabKey
  /** Runs that have a value of it. */
  readonly runs: number
}

/** Lists all keys with the number of runs that have a value of each, in two statements. */
export async function readKeyCounts(read: Pick<PrismaClient, '$queryRaw'>, { keys, condition }: KeyScope): Promise<readonly CountedKey[]> {
  const fields = keys.all.filter(({ source }) => source.kind !== 'value')
  const columns = fields.map((key, index) => ({ ...valueColumns(key, `field${index}`), index }))
  const counts = columns.map(({ number, text, index }) => Prisma.sql`COUNT(COALESCE(${number}, ${text})) AS ${Prisma.raw(`field${index}`)}`)
  const joins = Prisma.join([Prisma.empty, ...columns.map(({ join }) => join)], ' ')
  const [row] = await read.$queryRaw<Record<string, bigint>[]>`
    SELECT COUNT(*) AS matching, (SELECT COUNT(*) FROM Run) AS total, ${Prisma.join(counts)} FROM Run AS run ${joins} WHERE ${condition}`
  const isMost = 2 * Number(row?.matching ?? 0) > Number(row?.total ?? 0)
  const values = await read.$queryRaw<{ keyId: bigint; runs: bigint }[]>(isMost ? countAllBut(condition) : countValues(condition))
  const byKey = new Map(values.map(({ keyId, runs }) => [Number(keyId), Number(runs)]))
  return keys.all.map((key) => {
    const { source } = key
    const runs = source.kind === 'value' ? byKey.get(source.keyId ?? 0) : row?.[`field${fields.indexOf(key)}`]
    return { key, runs: Number(runs ?? 0) }
  })
}

const countValues = (condition: Prisma.Sql) =>
  Prisma.sql`SELECT keyId, COUNT(*) AS runs FROM RunValue WHERE runNumber IN (SELECT run.number FROM Run AS run WHERE ${condition}) GROUP BY keyId`

/** The same by way of those that do not match: an index counts all values of a key ten times as fast as those of most runs are found one by one. */
const countAllBut = (condition: Prisma.Sql) => Prisma.sql`
  SELECT ValueKey.id AS keyId, (SELECT COUNT(*) FROM RunValue WHERE keyId = ValueKey.id) - COALESCE(other.runs, 0) AS runs
  FROM ValueKey LEFT JOIN (${countValues(Prisma.sql`(${condition}) IS NOT TRUE`)}) AS other ON other.keyId = ValueKey.id`
