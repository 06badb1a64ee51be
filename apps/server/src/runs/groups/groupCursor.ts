import { z } from 'zod'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { type KeyPlace, nameOfKey, type RunGroupKey } from './groupKeys.js'

const cursorSchema = z.tuple([z.literal('GROUP'), z.array(z.string()), z.array(z.tuple([z.int(), z.number(), z.string()]))])

export function writeGroupCursor(by: readonly RunGroupKey[], places: readonly KeyPlace[]): string {
  return Buffer.from(JSON.stringify(['GROUP', by.map(nameOfKey), places])).toString('base64url')
}

/** Reads where a page of groups ended; throws BAD_USER_INPUT for a cursor of other groups. */
export function readGroupCursor(by: readonly RunGroupKey[], cursor: string): readonly KeyPlace[] {
  const names = by.map(nameOfKey)
  try {
    const [, cursorNames, places] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (JSON.stringify(cursorNames) === JSON.stringify(names) && places.length === names.length) return places
  } catch {
    // Reported below, together with a cursor of other groups.
  }
  throw new HourglassError(
    errorCodes.badUserInput,
    `after: expected a cursor of groups by ${names.join(', ')}, got ${JSON.stringify(cursor.slice(0, 80))}.`,
  )
}
