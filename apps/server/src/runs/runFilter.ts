import { foldText, keyOfPart, MAXIMUM_QUERY_LENGTH, parseQuery, partsOf, QueryError, type RunQuery } from '@hourglass/query'
import { Prisma, type PrismaClient, type RunStatus } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { requireTimeZone } from './query/moments.js'
import { queryCondition, RUN_NUMBER } from './query/queryCondition.js'
import { type LabKeys, readKeyBook } from './query/readKeyBook.js'
import { requireValueNames } from './requireValueNames.js'

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
  /** Part of the name, in any case. */
  readonly search?: string | null | undefined
  readonly values?: readonly ValueCondition[] | null | undefined
  readonly ids?: readonly string[] | null | undefined
  /** Ids of runs that are left out, whether they match or not. */
  readonly except?: readonly string[] | null | undefined
  /** In the language of queries. */
  readonly text?: string | null | undefined
  readonly query?: RunQuery | null | undefined
  /** Where the days of the query begin. @default UTC */
  readonly timeZone?: string | null | undefined
}

/** A filter that was understood. */
export interface RunScope {
  readonly filter: RunFilter
  readonly keys: LabKeys
  /** What text and query of the filter say together. */
  readonly query: RunQuery
  /** What holds of a row `run`. */
  readonly condition: Prisma.Sql
}

/** A list of ids is as long as a selection on a page can be. */
const MOST_IDS = 20_000
/** Of all that match, so many are left out by hand. */
export const MOST_EXCEPT = 1_000

/**
 * Understands a filter, with a constant number of statements. Archived runs and those in the trash are left out, unless its query says something about that.
 * Throws BAD_USER_INPUT, with `from` and `to` where a text is wrong.
 */
export async function readScope(read: Pick<PrismaClient, '$queryRaw'>, filter: RunFilter): Promise<RunScope> {
  const keys = await readKeyBook(read)
  const names = (filter.values ?? []).map(({ name }) => name)
  requireValueNames(keys, names, 'filter.values')
  const timeZone = requireTimeZone(filter.timeZone ?? 'UTC')
  const query = { and: [...(filter.query ? [filter.query] : []), ...(filter.text ? [readText(filter.text, keys)] : [])] }
  const own = queryCondition(query, keys, { now: new Date(), timeZone })
  const condition = Prisma.join([fieldConditions(filter), presence(query), own], ' AND ')
  return { filter, keys, query, condition }
}

function readText(text: string, keys: LabKeys): RunQuery {
  try {
    return parseQuery(text.slice(0, MAXIMUM_QUERY_LENGTH + 1), keys)
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    throw new HourglassError(errorCodes.badUserInput, `filter.text: ${error.message}.`, { from: error.from, to: error.to })
  }
}

/** A mark that the query speaks of is not presumed. */
function presence(query: RunQuery): Prisma.Sql {
  const named = new Set([...partsOf(query)].map((part) => ('is' in part ? part.is.toLowerCase() : keyOfPart(part))))
  const archived = named.has('archived') || named.has('deleted') ? Prisma.sql`TRUE` : Prisma.sql`run.archivedAt IS NULL`
  const deleted = named.has('deleted') ? Prisma.sql`TRUE` : Prisma.sql`run.deletedAt IS NULL`
  return Prisma.sql`${deleted} AND ${archived}`
}

function fieldConditions({ status, dataset, experiment, search, values, ids, except }: RunFilter): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`]
  if (status) conditions.push(isOneOf(Prisma.sql`run.status`, status))
  if (dataset) conditions.push(isOneOf(Prisma.sql`run.dataset`, dataset))
  if (experiment) conditions.push(isOneOf(Prisma.sql`run.experimentId`, experiment))
  if (search?.trim()) conditions.push(nameContains(search.trim()))
  if (ids) conditions.push(hasId(ids, { most: MOST_IDS, name: 'filter.ids' }))
  if (except) conditions.push(Prisma.sql`NOT ${hasId(except, { most: MOST_EXCEPT, name: 'except' })}`)
  for (const condition of values ?? []) conditions.push(...valueConditions(condition))
  return Prisma.join(conditions, ' AND ')
}

const nameContains = (part: string) =>
  Prisma.sql`${RUN_NUMBER} IN (SELECT runNumber FROM RunText WHERE kind = 'NAME' AND instr(folded, ${foldText(part)}) > 0)`

function hasId(ids: readonly string[], { most, name }: { readonly most: number; readonly name: string }): Prisma.Sql {
  if (ids.length <= most) return Prisma.sql`(run.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})))`
  throw new HourglassError(errorCodes.badUserInput, `${name}: expected at most ${most}, got ${ids.length}.`)
}

function valueConditions({ name, missing, ...rest }: ValueCondition): readonly Prisma.Sql[] {
  const runsWith = (conditions: readonly Prisma.Sql[]) => Prisma.sql`(
    SELECT value.runNumber FROM RunValue AS value
    WHERE ${Prisma.join([Prisma.sql`value.keyId = (SELECT id FROM ValueKey WHERE name = ${name})`, ...conditions], ' AND ')}
  )`
  const conditions = conditionsOn(rest)
  const lacks = missing === true ? [Prisma.sql`${RUN_NUMBER} NOT IN ${runsWith([])}`] : []
  // A condition that says nothing but the name means that there is a value.
  const has = lacks.length === 0 || conditions.length > 0 ? [Prisma.sql`${RUN_NUMBER} IN ${runsWith(conditions)}`] : []
  return [...lacks, ...has]
}

function conditionsOn({ minimum, maximum, oneOf, contains, number, text }: Omit<ValueCondition, 'name' | 'missing'>): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = []
  if (typeof minimum === 'number') conditions.push(Prisma.sql`value.number >= ${minimum}`)
  if (typeof maximum === 'number') conditions.push(Prisma.sql`value.number <= ${maximum}`)
  if (typeof number === 'number') conditions.push(Prisma.sql`value.number = ${number}`)
  if (typeof text === 'string') conditions.push(Prisma.sql`value.text = ${text}`)
  if (contains?.trim()) conditions.push(Prisma.sql`instr(COALESCE(value.folded, value.text), ${foldText(contains.trim())}) > 0`)
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
