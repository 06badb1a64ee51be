import type { PrismaClient } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { LabKey } from '../query/LabKey.js'
import { readKeyCounts } from '../query/readKeyCounts.js'
import type { RunScope } from '../runFilter.js'

/** A column of a table of runs: a key, or the id, which is none. */
export interface TableColumn {
  /** The name of the key in full. */
  readonly name: string
  readonly type: 'id' | 'number' | 'text' | 'time'
  /** Undefined for the id. */
  readonly key: LabKey | undefined
}

const types = { NUMBER: 'number', TEXT: 'text', MIXED: 'text', DATE: 'time' } as const
/** Columns that every table begins with, whatever runs have. */
const always = ['number', 'name', 'status', 'created']
/** Columns that somebody may choose for one table. */
const MOST_CHOSEN = 60

/** Lists the columns of all that the runs of a scope have a value of: fields, settings, what follows from them, and latest metrics. */
export async function tableColumns(read: PrismaClient, scope: RunScope): Promise<readonly TableColumn[]> {
  const counted = await readKeyCounts(read, scope)
  const present = counted.filter(({ key, runs }) => runs > 0 || always.includes(key.name))
  return [{ name: 'id', type: 'id', key: undefined }, ...present.map(({ key }) => ({ name: key.name, type: types[key.type], key }))]
}

/** Gives the columns of keys that somebody chose, each once, behind the id. Throws BAD_USER_INPUT for one that there is not, or for too many. */
export function chosenColumns({ keys }: RunScope, names: readonly string[]): readonly TableColumn[] {
  if (names.length > MOST_CHOSEN) {
    throw new HourglassError(
      errorCodes.badUserInput,
      `columns: expected at most ${MOST_CHOSEN}, got ${names.length}. Leave them out for all.`,
    )
  }
  // One key has several names.
  const chosen = new Map(names.map((name) => keys.require(name, 'columns')).map((key) => [key.name, key]))
  return [
    { name: 'id', type: 'id', key: undefined },
    ...[...chosen.values()].map((key) => ({ name: key.name, type: types[key.type], key })),
  ]
}
