import { escapeLike } from '../database/likePattern.js'
import { Prisma, type RunStatus } from '../generated/prisma/client.js'

/** What a value must be; all that is given must hold. */
export interface ValueCondition {
  readonly name: string
  readonly minimum?: number | null | undefined
  readonly maximum?: number | null | undefined
  /** Numbers or texts that it may be. */
  readonly oneOf?: readonly string[] | null | undefined
  /** Part of the text, in any case. */
  readonly contains?: string | null | undefined
  /** Exactly this number. */
  readonly number?: number | null | undefined
  /** Exactly this text, never a number that is written so. */
  readonly text?: string | null | undefined
  /** Whether the run has no value of the name. */
  readonly missing?: boolean | null | undefined
}

/** Which runs are meant; all that is given must hold. */
export interface RunFilter {
  readonly status?: readonly RunStatus[] | null | undefined
  /** Null stands for data that this lab does not know. */
  readonly dataset?: readonly (string | null | undefined)[] | null | undefined
  /** Ids of experiments; null stands for runs of none. */
  readonly experiment?: readonly (string | null | undefined)[] | null | undefined
  readonly search?: string | null | undefined
  readonly values?: readonly ValueCondition[] | null | undefined
}

/** Writes a filter as the condition on a row `run`. */
export function runCondition({ status, dataset, experiment, search, values }: RunFilter): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`]
  if (status) conditions.push(isOneOf(Prisma.sql`run.status`, status))
  if (dataset) conditions.push(isOneOf(Prisma.sql`run.dataset`, dataset))
  if (experiment) conditions.push(isOneOf(Prisma.sql`run.experimentId`, experiment))
  if (search?.trim()) conditions.push(Prisma.sql`run.name LIKE ${`%${escapeLike(search.trim())}%`} ESCAPE '\\'`)
  for (const condition of values ?? []) conditions.push(...valueConditions(condition))
  return Prisma.join(conditions, ' AND ')
}

function valueConditions({ name, missing, ...rest }: ValueCondition): readonly Prisma.Sql[] {
  const runsWith = (conditions: readonly Prisma.Sql[]) => Prisma.sql`(
    SELECT value.runNumber FROM RunValue AS value
    WHERE ${Prisma.join([Prisma.sql`value.keyId = (SELECT id FROM ValueKey WHERE name = ${name})`, ...conditions], ' AND ')}
  )`
  const conditions = conditionsOn(rest)
  const lacks = missing === true ? [Prisma.sql`run.number NOT IN ${runsWith([])}`] : []
  // A condition that says nothing but the name means that there is a value.
  const has = lacks.length === 0 || conditions.length > 0 ? [Prisma.sql`run.number IN ${runsWith(conditions)}`] : []
  return [...lacks, ...has]
}

function conditionsOn({ minimum, maximum, oneOf, contains, number, text }: Omit<ValueCondition, 'name' | 'missing'>): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = []
  if (typeof minimum === 'number') conditions.push(Prisma.sql`value.number >= ${minimum}`)
  if (typeof maximum === 'number') conditions.push(Prisma.sql`value.number <= ${maximum}`)
  if (typeof number === 'number') conditions.push(Prisma.sql`value.number = ${number}`)
  if (typeof text === 'string') conditions.push(Prisma.sql`value.text = ${text}`)
  if (contains?.trim()) conditions.push(Prisma.sql`value.text LIKE ${`%${escapeLike(contains.trim())}%`} ESCAPE '\\'`)
  if (oneOf) {
    const numbers = oneOf.filter((word) => word.trim() !== '' && Number.isFinite(Number(word))).map(Number)
    conditions.push(Prisma.sql`(${isOneOf(Prisma.sql`value.text`, oneOf)} OR ${isOneOf(Prisma.sql`value.number`, numbers)})`)
  }
  return conditions
}

function isOneOf(column: Prisma.Sql, values: readonly (string | number | null | undefined)[]): Prisma.Sql {
  const given = values.filter((value) => value !== null && value !== undefined)
  const isGiven = given.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`${column} IN (${Prisma.join(given)})`
  return given.length < values.length ? Prisma.sql`(${isGiven} OR ${column} IS NULL)` : isGiven
}
