import { rankingFacets } from '@hourglass/autoencoders'
import { Prisma } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { LabKey } from '../query/LabKey.js'
import { hasOwnOrder, type KeyPlace, keyAt, orderOfKey, placeColumns } from './groupKeys.js'

/** What of the spread of a value groups are ordered by. */
export const groupFigures = ['MEAN', 'STANDARD_DEVIATION', 'MINIMUM', 'MAXIMUM', 'BEST'] as const
export type GroupFigure = (typeof groupFigures)[number]

/** What groups are ordered by: one of their keys by its place among them, the number of their runs, or what sums up a value. */
export type RunGroupOrder = (
  | { readonly key: number }
  | { readonly count: true }
  | { readonly name: string; readonly figure: GroupFigure }
) & { readonly direction: 'ASC' | 'DESC' }

/** Where a group stands in an order: 0 before 1, which has no such value, then the value. */
export type GroupPlace = readonly [kind: number, number: number, text: string]

/** Names an order for cursors: pages of another one begin elsewhere. */
export const nameOfOrder = (order: RunGroupOrder) => JSON.stringify(order)

interface SortedColumns {
  readonly kind: Prisma.Sql
  readonly number: Prisma.Sql
  readonly text: Prisma.Sql
}

/** Names the columns of a place in an order. */
export const sortColumns = (index: number) =>
  [Prisma.raw(`sort${index}_kind`), Prisma.raw(`sort${index}_number`), Prisma.raw(`sort${index}_text`)] as const

/** What groups have columns of. */
export interface GroupedBy {
  readonly by: readonly LabKey[]
  readonly aggregated: readonly LabKey[]
}

/** Adds to the orders that were asked for those of the keys, where one of these is not ordered by what groups are told apart by. */
export function wholeOrder(orders: readonly RunGroupOrder[], by: readonly LabKey[]): readonly RunGroupOrder[] {
  if (!by.some(hasOwnOrder)) return orders
  const asked = new Set(orders.flatMap((order) => ('key' in order ? order.key : [])))
  return [...orders, ...by.flatMap((_, key) => (asked.has(key) ? [] : { key, direction: 'ASC' as const }))]
}

/** Selects where groups stand in an order, in three columns without NULL: groups that lack the value come last in either direction. */
export function selectGroupPlace(order: RunGroupOrder, index: number, grouped: GroupedBy): Prisma.Sql {
  const { kind, number, text } = columnsOf(order, grouped)
  const [asKind, asNumber, asText] = sortColumns(index)
  return Prisma.sql`${kind} AS ${asKind}, ${number} AS ${asNumber}, ${text} AS ${asText}`
}

function columnsOf(order: RunGroupOrder, { by, aggregated }: GroupedBy): SortedColumns {
  const text = Prisma.sql`''`
  if ('count' in order) return { kind: Prisma.sql`0`, number: Prisma.sql`count`, text }
  if ('key' in order) {
    const { kind, number } = placeColumns(order.key)
    return { kind, number, text: orderOfKey(by[order.key], order.key) }
  }
  const value = figureOf(order, aggregated)
  return { kind: Prisma.sql`${value} IS NULL`, number: Prisma.sql`COALESCE(${value}, 0.0)`, text }
}

function figureOf({ name, figure }: { readonly name: string; readonly figure: GroupFigure }, aggregated: readonly LabKey[]): Prisma.Sql {
  const index = aggregated.findIndex((key) => key.name === name)
  const key = aggregated[index]
  if (!key) {
    throw new HourglassError(errorCodes.badUserInput, `orderBy: expected a name of aggregate, got ${JSON.stringify(name.slice(0, 200))}.`)
  }
  const of = (part: string) => Prisma.raw(`value${index}_${part}`)
  switch (figure) {
    case 'MEAN':
      return of('mean')
    case 'STANDARD_DEVIATION':
      return Prisma.sql`(CASE WHEN ${of('count')} > 1 THEN ${of('squares')} / (${of('count')} - 1) END)`
    case 'MINIMUM':
      return of('minimum')
    case 'MAXIMUM':
      return of('maximum')
    case 'BEST': {
      if (key.better === null) {
        throw new HourglassError(errorCodes.badUserInput, `orderBy: expected a value of which lower or higher is better, got ${name}.`)
      }
      const best = of(key.better === 'lower' ? 'minimum' : 'maximum')
      return Prisma.sql`(CASE WHEN ${Prisma.join(
        rankingFacets.map((facet) => Prisma.sql`${of(facet)} <= 1`),
        ' AND ',
      )} THEN ${best} END)`
    }
  }
}

/** Orders groups; those of equal value by their keys, ascending. */
export function orderGroups(orders: readonly RunGroupOrder[], keys: Prisma.Sql): Prisma.Sql {
  const terms = orders.flatMap(({ direction }, index) => {
    const [kind, number, text] = sortColumns(index)
    const by = Prisma.raw(direction)
    return [kind, Prisma.sql`${number} ${by}`, Prisma.sql`${text} ${by}`]
  })
  return Prisma.join([...terms, keys], ', ')
}

export interface LastGroup {
  readonly sorted: readonly GroupPlace[]
  readonly keys: readonly KeyPlace[]
}

/** The groups behind one in an order. */
export function behindGroup(orders: readonly RunGroupOrder[], last: LastGroup, keys: Prisma.Sql): Prisma.Sql {
  const steps = orders.flatMap(({ direction }, index) => {
    const [kind, number, text] = last.sorted[index] ?? [1, 0, '']
    const [ofKind, ofNumber, ofText] = sortColumns(index)
    const beyond = Prisma.raw(direction === 'DESC' ? '<' : '>')
    return [
      { column: ofKind, beyond: Prisma.raw('>'), value: kind },
      { column: ofNumber, beyond, value: number },
      { column: ofText, beyond, value: text },
    ]
  })
  return steps.reduceRight(
    (rest, { column, beyond, value }) => Prisma.sql`(${column} ${beyond} ${value} OR (${column} = ${value} AND ${rest}))`,
    Prisma.sql`(${keys}) > (${Prisma.join(last.keys.map(keyAt))})`,
  )
}

/** Reads where a group stands in an order. */
export function groupPlaceOf(row: Readonly<Record<string, unknown>>, index: number): GroupPlace {
  const read = (part: string) => row[`sort${index}_${part}`]
  return [Number(read('kind')), Number(read('number')), String(read('text'))]
}
