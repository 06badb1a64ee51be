import type { Transaction } from '../database/Database.js'
import { errorCodes, HourglassError } from '../HourglassError.js'

/** Ids that an error lists. */
const MAXIMUM_NAMED = 100

/** Throws RUN_NOT_FOUND where one of the runs is missing; where asked, also where it is in the trash. */
export async function requireAll(
  runs: Transaction['run'],
  ids: readonly string[],
  { inTrash = true }: { readonly inTrash?: boolean } = {},
): Promise<void> {
  const found = await runs.findMany({ where: { id: { in: [...ids] }, ...(inTrash ? {} : { deletedAt: null }) }, select: { id: true } })
  const known = new Set(found.map(({ id }) => id))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0) throw runNotFound(unknown)
}

/** Says that runs are not there. */
export function runNotFound(ids: readonly string[]): HourglassError {
  const named = ids
    .slice(0, 5)
    .map((id) => JSON.stringify(id))
    .join(', ')
  return new HourglassError(errorCodes.runNotFound, `Expected the id of a run, got ${named}${ids.length > 5 ? ' and others' : ''}.`, {
    ids: ids.slice(0, MAXIMUM_NAMED),
  })
}

/** Says that a run is in the trash. */
export function runInTrash({ id, name }: { readonly id: string; readonly name: string }): HourglassError {
  return new HourglassError(
    errorCodes.runNotFound,
    `Expected a run that is not deleted, got ${JSON.stringify(name.slice(0, 80))} (${id}), which is in the trash. Restore it first.`,
    { ids: [id], isInTrash: true },
  )
}
