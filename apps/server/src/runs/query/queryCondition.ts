import { datasetCatalog } from '@hourglass/datasets'
import { type Comparison, foldText, isMoment, type QueryOperator, type QueryValue, type RunQuery } from '@hourglass/query'
import { Prisma } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { LabKey } from './LabKey.js'
import { type Clock, spanOfAgo, spanOfMoment, type TimeSpan } from './moments.js'
import type { LabKeys } from './readKeyBook.js'

/** Conditions of one query, and values of one list. */
const MOST_PARTS = 300
const MOST_DEPTH = 50
const MOST_VALUES = 1_000
/** A hundred years of weeks. */
const MOST_AGO = 5_300

const signs = { LESS: '<', AT_MOST: '<=', EQUAL: '=', AT_LEAST: '>=', GREATER: '>' } as const satisfies Record<QueryOperator, string>
const flags = {
  STARRED: Prisma.sql`run.isStarred`,
  ARCHIVED: Prisma.sql`run.archivedAt IS NOT NULL`,
  DELETED: Prisma.sql`run.deletedAt IS NOT NULL`,
} as const

/**
 * The number of a run as a value, not as a column that an index finds: SQLite would else seek each number of one list with each of another, which for two
 * conditions on ten thousand runs takes minutes.
 */
export const RUN_NUMBER = Prisma.sql`+run.number`

/** Writes a query as the condition on a row `run`. Throws BAD_USER_INPUT where it is none: for a key that is not there, or a value that its key cannot have. */
export function queryCondition(query: RunQuery, keys: LabKeys, clock: Clock): Prisma.Sql {
  return new ConditionWriter(keys, clock).write(query, 0)
}

class ConditionWriter {
  readonly #keys: LabKeys
  readonly #clock: Clock
  #parts = 0

  constructor(keys: LabKeys, clock: Clock) {
    this.#keys = keys
    this.#clock = clock
  }

  write(query: RunQuery, depth: number): Prisma.Sql {
    if (++this.#parts > MOST_PARTS || depth > MOST_DEPTH) {
      throw refused(`expected at most ${MOST_PARTS} conditions, ${MOST_DEPTH} in each other, got more`)
    }
    if ('and' in query)
      return join(
        query.and.map((part) => this.write(part, depth + 1)),
        ' AND ',
        'TRUE',
      )
    if ('or' in query)
      return join(
        query.or.map((part) => this.write(part, depth + 1)),
        ' OR ',
        'FALSE',
      )
    // A condition on a value that is not there is not known, and so would be its opposite.
    if ('not' in query) return Prisma.sql`(${this.write(query.not, depth + 1)}) IS NOT TRUE`
    if ('is' in query) return flags[query.is]
    if ('search' in query) return textCondition(Prisma.sql`TRUE`, Prisma.sql`instr(folded, ${foldText(query.search)}) > 0`)
    if ('has' in query) return hasValue(this.#key(query.has))
    if ('contains' in query) return containing(this.#key(query.contains.key), query.contains.text)
    if ('compare' in query) return this.#compare(query.compare)
    const { key, values } = query.oneOf
    if (values.length > MOST_VALUES) throw refused(`expected at most ${MOST_VALUES} values, got ${values.length}`)
    return join(
      values.map((value) => this.#compare({ key, operator: 'EQUAL', value })),
      ' OR ',
      'FALSE',
    )
  }

  #key(name: string): LabKey {
    return this.#keys.require(name, 'query')
  }

  #compare({ key: name, operator, value }: Comparison): Prisma.Sql {
    const key = this.#key(name)
    if (key.type === 'DATE') return comparedTime(columnOf(key), operator, this.#spanOf(key, value))
    if ('moment' in value || 'ago' in value) throw wrongValue(key, value)
    if (key.type !== 'TEXT' && 'number' in value) return comparedNumber(key, operator, value.number)
    if (key.type === 'NUMBER' || operator !== 'EQUAL') throw wrongValue(key, value)
    return equalText(key, 'number' in value ? String(value.number) : value.text)
  }

  #spanOf(key: LabKey, value: QueryValue): TimeSpan {
    if ('moment' in value && isMoment(value.moment)) return spanOfMoment(value.moment, this.#clock)
    if ('ago' in value && value.ago.amount >= 0 && value.ago.amount <= MOST_AGO) return spanOfAgo(value.ago, this.#clock)
    throw wrongValue(key, value)
  }
}

function join(conditions: readonly Prisma.Sql[], by: ' AND ' | ' OR ', none: 'TRUE' | 'FALSE'): Prisma.Sql {
  return conditions.length === 0 ? Prisma.raw(none) : Prisma.sql`(${Prisma.join(conditions, by)})`
}

/** The runs with a value of a key for which something holds. */
function valueCondition({ source }: LabKey, condition: Prisma.Sql): Prisma.Sql {
  if (source.kind !== 'value' || source.keyId === null) return Prisma.sql`FALSE`
  return Prisma.sql`${RUN_NUMBER} IN (SELECT runNumber FROM RunValue WHERE keyId = ${source.keyId} AND ${condition})`
}

function textCondition(kind: Prisma.Sql, condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${RUN_NUMBER} IN (SELECT runNumber FROM RunText WHERE ${kind} AND ${condition})`
}

function experimentCondition(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`run.experimentId IN (SELECT id FROM Experiment WHERE ${condition})`
}

/** Data sets are asked for by their ids and by their titles. */
function datasetCondition(isMeant: (folded: string) => boolean, ofColumn: Prisma.Sql): Prisma.Sql {
  const ids = Object.entries(datasetCatalog).flatMap(([id, { title }]) => (isMeant(foldText(title)) ? [id] : []))
  return ids.length === 0 ? ofColumn : Prisma.sql`(${ofColumn} OR run.dataset IN (${Prisma.join(ids)}))`
}

function columnOf({ source }: LabKey): Prisma.Sql {
  if (source.kind === 'dataset') return Prisma.sql`run.dataset`
  if (source.kind === 'experiment') return Prisma.sql`run.experimentId`
  return 'column' in source ? source.column : Prisma.sql`NULL`
}

function hasValue(key: LabKey): Prisma.Sql {
  if (key.source.kind === 'value') return valueCondition(key, Prisma.sql`TRUE`)
  if (key.source.kind === 'text') return textCondition(Prisma.sql`kind = ${key.source.textKind}`, Prisma.sql`TRUE`)
  return Prisma.sql`${columnOf(key)} IS NOT NULL`
}

function containing(key: LabKey, text: string): Prisma.Sql {
  const part = foldText(text)
  if (key.type === 'NUMBER' || key.type === 'DATE') throw refused(`expected a key with texts, got ${key.name}`)
  switch (key.source.kind) {
    case 'value':
      return valueCondition(key, Prisma.sql`instr(COALESCE(folded, text), ${part}) > 0`)
    case 'text':
      return textCondition(Prisma.sql`kind = ${key.source.textKind}`, Prisma.sql`instr(folded, ${part}) > 0`)
    case 'experiment':
      return experimentCondition(Prisma.sql`instr(nameFolded, ${part}) > 0`)
    case 'dataset':
      return datasetCondition((title) => title.includes(part), Prisma.sql`instr(lower(run.dataset), ${part}) > 0`)
    default:
      return Prisma.sql`instr(lower(${columnOf(key)}), ${part}) > 0`
  }
}

function equalText(key: LabKey, text: string): Prisma.Sql {
  const whole = foldText(text)
  switch (key.source.kind) {
    case 'value':
      return valueCondition(key, Prisma.sql`COALESCE(folded, text) = ${whole}`)
    case 'text':
      return textCondition(Prisma.sql`kind = ${key.source.textKind}`, Prisma.sql`folded = ${whole}`)
    case 'experiment':
      return experimentCondition(Prisma.sql`nameFolded = ${whole} OR id = ${text}`)
    case 'dataset':
      return datasetCondition((title) => title === whole, Prisma.sql`lower(run.dataset) = ${whole}`)
    default:
      return Prisma.sql`lower(${columnOf(key)}) = ${whole}`
  }
}

function comparedNumber(key: LabKey, operator: QueryOperator, number: number): Prisma.Sql {
  const sign = Prisma.raw(signs[operator])
  if (key.source.kind === 'value') return valueCondition(key, Prisma.sql`number ${sign} ${number}`)
  return Prisma.sql`${columnOf(key)} ${sign} ${number}`
}

/** A time is compared with all of a day: behind it begins the next. */
function comparedTime(column: Prisma.Sql, operator: QueryOperator, { from, to }: TimeSpan): Prisma.Sql {
  const time = Prisma.sql`${column} / 1000.0`
  switch (operator) {
    case 'LESS':
      return Prisma.sql`${time} < ${from}`
    case 'AT_MOST':
      return Prisma.sql`${time} < ${to}`
    case 'EQUAL':
      return Prisma.sql`(${time} >= ${from} AND ${time} < ${to})`
    case 'AT_LEAST':
      return Prisma.sql`${time} >= ${from}`
    case 'GREATER':
      return Prisma.sql`${time} >= ${to}`
  }
}

const expectedOf = {
  NUMBER: 'a number',
  TEXT: 'a text, which is equal or contained',
  DATE: 'a day or a time that there is',
  MIXED: 'a number, or an equal text',
} as const

function wrongValue({ name, type }: LabKey, value: QueryValue): HourglassError {
  return refused(`expected ${expectedOf[type]} for ${name}, got ${JSON.stringify(value).slice(0, 100)}`)
}

function refused(message: string): HourglassError {
  return new HourglassError(errorCodes.badUserInput, `query: ${message}.`)
}
