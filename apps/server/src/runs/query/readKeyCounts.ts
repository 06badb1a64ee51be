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
  const values = await read.$queryRaw<{ keyId: bigint; runs: bigint }[]>`
    SELECT keyId, COUNT(*) AS runs FROM RunValue WHERE runNumber IN (SELECT run.number FROM Run AS run WHERE ${condition}) GROUP BY keyId`
  const columns = fields.map((key, index) => ({ ...valueColumns(key, `field${index}`), index }))
  const counts = columns.map(({ number, text, index }) => Prisma.sql`COUNT(COALESCE(${number}, ${text})) AS ${Prisma.raw(`field${index}`)}`)
  const joins = Prisma.join([Prisma.empty, ...columns.map(({ join }) => join)], ' ')
  const [row] = await read.$queryRaw<Record<string, bigint>[]>`SELECT ${Prisma.join(counts)} FROM Run AS run ${joins} WHERE ${condition}`
  const byKey = new Map(values.map(({ keyId, runs }) => [Number(keyId), Number(runs)]))
  return keys.all.map((key) => {
    const { source } = key
    const runs = source.kind === 'value' ? byKey.get(source.keyId ?? 0) : row?.[`field${fields.indexOf(key)}`]
    return { key, runs: Number(runs ?? 0) }
  })
}
