import { Prisma } from '../../generated/prisma/client.js'
import type { LabKey } from './LabKey.js'

/** What a key reads of a row `run`: a number or a text, neither where the run has no value of it. */
export interface KeyColumns {
  readonly join: Prisma.Sql
  readonly number: Prisma.Sql
  readonly text: Prisma.Sql
  /** What texts are ordered by, where that is another. */
  readonly order?: Prisma.Sql
  /** Whether every run has a value. */
  readonly isAlways: boolean
}

const none = Prisma.sql`NULL`

/** What runs are ordered by, or listed with: one value a run, under names that begin with `alias`. */
export function valueColumns({ source }: LabKey, alias: string): KeyColumns {
  const columns = { join: Prisma.empty, number: none, text: none, isAlways: false }
  const value = Prisma.raw(alias)
  switch (source.kind) {
    case 'number':
      return { ...columns, number: source.column, isAlways: source.isAlways === true }
    case 'date':
      return { ...columns, number: Prisma.sql`${source.column} / 1000.0`, isAlways: source.isAlways === true }
    case 'word':
      return { ...columns, text: source.column }
    case 'dataset':
      return { ...columns, text: Prisma.sql`run.dataset` }
    case 'experiment': {
      const join = Prisma.sql`LEFT JOIN Experiment AS ${value} ON ${value}.id = run.experimentId`
      return { ...columns, join, text: Prisma.sql`${value}.name`, order: Prisma.sql`${value}.nameFolded` }
    }
    case 'text':
      return { ...columns, ...textColumns[source.textKind] }
    case 'value': {
      const join = Prisma.sql`LEFT JOIN RunValue AS ${value} ON ${value}.runNumber = run.number AND ${value}.keyId = ${source.keyId}`
      const order = Prisma.sql`COALESCE(${value}.folded, ${value}.text)`
      return { ...columns, join, number: Prisma.sql`${value}.number`, text: Prisma.sql`${value}.text`, order }
    }
  }
}

const tags = Prisma.sql`(SELECT group_concat(folded, ', ') FROM RunText WHERE kind = 'TAG' AND runNumber = run.number)`
const textColumns = {
  NAME: { text: Prisma.sql`run.name`, order: Prisma.sql`run.nameKey`, isAlways: false },
  LABEL: { text: Prisma.sql`run.label` },
  NOTES: { text: Prisma.sql`NULLIF(run.notes, '')` },
  TAG: { text: tags },
} as const

/** What runs are grouped by: days for times, ids for experiments, and of tags each, so that a run is in the group of every tag that it has. */
export function groupColumns(key: LabKey, alias: string): KeyColumns {
  const { source } = key
  const columns = { join: Prisma.empty, number: none, text: none, isAlways: false }
  if (source.kind === 'experiment') return { ...columns, text: Prisma.sql`run.experimentId` }
  if (source.kind === 'date') return { ...columns, text: Prisma.sql`strftime('%Y-%m-%d', ${source.column} / 1000.0, 'unixepoch')` }
  if (source.kind !== 'text' || source.textKind !== 'TAG') return valueColumns(key, alias)
  const tag = Prisma.raw(alias)
  const join = Prisma.sql`LEFT JOIN RunText AS ${tag} ON ${tag}.kind = 'TAG' AND ${tag}.runNumber = run.number`
  return { ...columns, join, text: Prisma.sql`${tag}.folded` }
}
