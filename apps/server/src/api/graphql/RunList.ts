import { errorCodes, HourglassError } from '../../HourglassError.js'
import { type RunOrder as OrderOfRuns, type RunList, runOrderFields } from '../../runs/runList.js'
import { builder } from './builder.js'
import { RunFilterInput, readFilterInput } from './RunFilter.js'

export const MAXIMUM_ORDERS = 4

const RunOrderField = builder.enumType('RunOrderField', { values: runOrderFields })
export const OrderDirection = builder.enumType('OrderDirection', { values: ['ASC', 'DESC'] as const })

export const RunOrder = builder.inputType('RunOrder', {
  fields: (t) => ({
    field: t.field({ type: RunOrderField }),
    value: t.string({
      description:
        'Instead of a field, the name of any value of runs, such as metric.peakSignalToNoiseRatio, or metric.test.structuralSimilarity of completed runs.',
    }),
    key: t.string({ description: 'Instead of either, a key by its name in full or any text that means it in the language of queries.' }),
    direction: t.field({ type: OrderDirection, required: true }),
  }),
})

export const RunListInput = builder.inputType('RunList', {
  description: 'Runs that match and their order, as `runs` takes them.',
  fields: (t) => ({ filter: t.field({ type: RunFilterInput }), orderBy: t.field({ type: [RunOrder] }) }),
})

/** Reads the input: all runs, the newest first, where it says nothing. */
export function readListInput({ filter, orderBy }: typeof RunListInput.$inferInput): RunList {
  return { filter: readFilterInput(filter), orderBy: readOrders(orderBy ?? []) }
}

type OrderInput = typeof RunOrder.$inferInput

function readOrders(orders: readonly OrderInput[]): readonly OrderOfRuns[] {
  if (orders.length > MAXIMUM_ORDERS) {
    throw new HourglassError(errorCodes.badUserInput, `orderBy: expected at most ${MAXIMUM_ORDERS}, got ${orders.length}.`)
  }
  return orders.length === 0 ? [{ field: 'CREATED_AT', direction: 'DESC' }] : orders.map(readOrder)
}

function readOrder({ field, value, key, direction }: OrderInput): OrderOfRuns {
  const given = [field, value, key].filter(Boolean)
  if (given.length > 1) {
    throw new HourglassError(
      errorCodes.badUserInput,
      `orderBy: expected a field, a value or a key, got ${given.map((each) => JSON.stringify(each)).join(' and ')}.`,
    )
  }
  return key ? { key, direction } : value ? { value, direction } : { field: field ?? 'CREATED_AT', direction }
}
