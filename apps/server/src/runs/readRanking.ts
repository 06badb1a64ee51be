import type { PrismaClient } from '../generated/prisma/client.js'
import { Prisma } from '../generated/prisma/client.js'
import type { LabKey } from './query/LabKey.js'
import type { RunScope } from './runFilter.js'

/** Whether runs can be ranked by a metric, and how many kinds of them stand in the way where they cannot. */
export interface Ranking {
  readonly key: string
  readonly isComparable: boolean
  /** Objectives of the runs that have the metric; 1 where those do not matter for it. */
  readonly objectives: number
  /** Data sets of the runs that have the metric; 1 where those do not matter for it. */
  readonly datasets: number
}

/** Looks whether the runs of a scope that have a metric are of one objective and one data set, as far as these matter for it; null where it ranks nothing. */
export async function readRanking(read: Pick<PrismaClient, '$queryRaw'>, { condition }: RunScope, key: LabKey): Promise<Ranking | null> {
  const { source, better, ranksWithin, name } = key
  if (source.kind !== 'value' || better === null) return null
  const [objective, dataset] = comparedColumns(ranksWithin)
  const [counted] = await read.$queryRaw<{ objectives: bigint; datasets: bigint }[]>`
    SELECT COUNT(DISTINCT ${objective}) AS objectives, COUNT(DISTINCT ${dataset}) AS datasets
    FROM Run AS run JOIN RunValue AS value ON value.runNumber = run.number AND value.keyId = ${source.keyId} AND value.number IS NOT NULL
    WHERE ${condition}`
  const [objectives, datasets] = [Number(counted?.objectives ?? 0), Number(counted?.datasets ?? 0)]
  return { key: name, isComparable: objectives <= 1 && datasets <= 1, objectives, datasets }
}

/** What must be the same of runs `run` that a metric ranks; those of which it is not known are taken for one kind. */
export function comparedColumns(ranksWithin: LabKey['ranksWithin']): readonly [objective: Prisma.Sql, dataset: Prisma.Sql] {
  const same = Prisma.sql`''`
  return [
    ranksWithin === 'objective' ? Prisma.sql`COALESCE(run.objectiveKey, '')` : same,
    ranksWithin === 'anything' ? same : Prisma.sql`COALESCE(run.dataset, '')`,
  ]
}
