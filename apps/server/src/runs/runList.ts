import { Prisma, type PrismaClient } from '../generated/prisma/client.js'
import { valueColumns } from './query/keyColumns.js'
import type { LabKey } from './query/LabKey.js'
import { type LabKeys, valueKey } from './query/readKeyBook.js'
import { type SortColumn, selectPlace } from './query/sortPlaces.js'
import { requireValueNames } from './requireValueNames.js'
import { type RunFilter, type RunScope, readScope } from './runFilter.js'

export const runOrderFields = ['CREATED_AT', 'NAME', 'STATUS', 'VALIDATION_LOSS'] as const
export type RunOrderField = (typeof runOrderFields)[number]

/** What runs are ordered by: one of the fields that all runs have, a value by its name, or any key. */
export type RunOrder = ({ readonly field: RunOrderField } | { readonly value: string } | { readonly key: string }) & {
  readonly direction: 'ASC' | 'DESC'
}

/** Which runs are listed, and in which order. */
export interface RunList {
  readonly filter: RunFilter
  /** The first counts most; the number of a run, in the direction of the last, breaks ties. */
  readonly orderBy: readonly RunOrder[]
}

export interface ListOrder {
  readonly key: LabKey
  readonly isDescending: boolean
}

/** A list that was understood. */
export interface ReadList {
  readonly scope: RunScope
  readonly orders: readonly ListOrder[]
  readonly sorts: readonly SortColumn[]
}

const fieldNames = { CREATED_AT: 'number', NAME: 'name', STATUS: 'status', VALIDATION_LOSS: 'metric.validationLoss' } as const

/** Understands a list, with a constant number of statements. Throws BAD_USER_INPUT for names that no run has values by, as {@link readScope} does for filters. */
export async function readList(read: PrismaClient, { filter, orderBy }: RunList): Promise<ReadList> {
  const values = orderBy.flatMap((order) => ('value' in order ? [order.value] : []))
  const scope = await readScope(read, filter)
  requireValueNames(scope.keys, values, 'orderBy.value')
  const orders = distinct(orderBy.map((order) => ({ key: keyOf(order, scope.keys), isDescending: order.direction === 'DESC' })))
  const sorts = orders.map(({ key, isDescending }, index) => ({ columns: valueColumns(key, `sorted${index}`), isDescending }))
  return { scope, orders, sorts }
}

/** Leaves out keys that are named again: the first has decided. */
function distinct(orders: readonly ListOrder[]): readonly ListOrder[] {
  const names = orders.map(({ key }) => key.name)
  return orders.filter((_, index) => names.indexOf(names[index] ?? '') === index)
}

function keyOf(order: RunOrder, keys: LabKeys): LabKey {
  if ('key' in order) return keys.require(order.key, 'orderBy.key')
  return valueKey('field' in order ? fieldNames[order.field] : order.value, keys)
}

/** Selects the runs of a list by their numbers, and where each stands by what the list is ordered by. */
export function selectListed({ scope, sorts }: ReadList): Prisma.Sql {
  const selected = Prisma.join([Prisma.sql`run.number AS number`, ...sorts.map(selectPlace)])
  const joins = Prisma.join([Prisma.empty, ...sorts.map(({ columns }) => columns.join)], ' ')
  return Prisma.sql`SELECT ${selected} FROM Run AS run ${joins} WHERE ${scope.condition}`
}
