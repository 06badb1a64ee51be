import type { RunFilter, RunOrder, RunOrderField } from './generated/graphql'
import type { ChangedRun } from './ToldRuns'

export interface ListArguments {
  readonly filter?: RunFilter | null
  readonly orderBy?: RunOrder | readonly RunOrder[] | null
}

type Part = (run: ChangedRun) => unknown

/** What of a run each order looks at. */
const orderParts = {
  CREATED_AT: ({ createdAt }) => createdAt,
  NAME: ({ name }) => name,
  STATUS: ({ status }) => status,
  VALIDATION_LOSS: ({ summary }) => summary.validationLoss,
} as const satisfies Record<RunOrderField, Part>

/** What of a run each condition looks at. Any value can be one, and not all are told: every change may concern those. */
const filterParts = {
  dataset: ({ dataset }) => dataset?.id,
  experiment: ({ label }) => label,
  ids: ({ id }) => id,
  query: (run) => run,
  search: ({ name }) => name,
  status: ({ status }) => status,
  text: (run) => run,
  // It says how the text is read, and is no condition by itself.
  timeZone: () => null,
  values: (run) => run,
} as const satisfies Record<keyof RunFilter, Part>

/** Tells whether only the API knows where a run belongs in a list; the newest-first list of everything needs no asking. */
export function needsServer({ filter, orderBy }: ListArguments): boolean {
  return conditionsOf(filter).length > 0 || ordersOf(orderBy).some((order) => order.field !== 'CREATED_AT' || order.direction !== 'DESC')
}

/** Tells whether a change can have given a run another place in such a list. */
export function mayHaveMoved(before: ChangedRun | undefined, run: ChangedRun, { filter, orderBy }: ListArguments): boolean {
  if (!before || before.archivedAt !== run.archivedAt) return true
  const parts: Part[] = conditionsOf(filter).map((name) => filterParts[name])
  parts.push(...ordersOf(orderBy).map(partOfOrder))
  return parts.some((part) => part(before) !== part(run))
}

const ordersOf = (orderBy: ListArguments['orderBy']): readonly RunOrder[] => (orderBy ? [orderBy].flat() : [])

/** Any value may be ordered by, and not all are told: every change may concern those. */
const partOfOrder = ({ field }: RunOrder): Part => (field ? orderParts[field] : filterParts.values)

function conditionsOf(filter: RunFilter | null | undefined): (keyof RunFilter)[] {
  const names = Object.keys(filterParts) as (keyof RunFilter)[]
  return names.filter((name) => {
    const wanted = filter?.[name]
    return wanted !== null && wanted !== undefined && wanted !== ''
  })
}
