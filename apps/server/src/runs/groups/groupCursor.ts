import { z } from 'zod'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { nameOfKey, type RunGroupKey } from './groupKeys.js'
import { type LastGroup, nameOfOrder, type RunGroupOrder } from './groupOrder.js'

const placeSchema = z.tuple([z.int(), z.number(), z.string()])
const cursorSchema = z.tuple([z.literal('GROUP'), z.array(z.string()), z.array(placeSchema), z.array(placeSchema)])

/** What the pages of one list have in common. */
export interface GroupList {
  readonly by: readonly RunGroupKey[]
  readonly orderBy: readonly RunGroupOrder[]
}

const namesOf = ({ by, orderBy }: GroupList) => [...by.map(nameOfKey), ...orderBy.map(nameOfOrder)]

/** Writes where a page of groups ended, for readGroupCursor. */
export function writeGroupCursor(list: GroupList, { sorted, keys }: LastGroup): string {
  return Buffer.from(JSON.stringify(['GROUP', namesOf(list), sorted, keys])).toString('base64url')
}

/** Reads where a page of groups ended; throws BAD_USER_INPUT for a cursor of other groups, or of another order. */
export function readGroupCursor(list: GroupList, cursor: string): LastGroup {
  const names = namesOf(list)
  try {
    const [, cursorNames, sorted, keys] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (JSON.stringify(cursorNames) === JSON.stringify(names) && keys.length === list.by.length && sorted.length === list.orderBy.length) {
      return { sorted, keys }
    }
  } catch {
    // Reported below, together with a cursor of other groups.
  }
  throw new HourglassError(
    errorCodes.badUserInput,
    `after: expected a cursor of groups by ${names.join(', ')}, got ${JSON.stringify(cursor.slice(0, 80))}.`,
  )
}
