import { createHash } from 'node:crypto'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { SortPlace } from './query/sortPlaces.js'
import { placeOf, SORTED_LENGTH } from './query/sortPlaces.js'
import type { ListOrder } from './runList.js'

/** Place of a run in an order; its number breaks ties, so that a page ends at an exact place. */
export interface ListPlace {
  readonly places: readonly SortPlace[]
  readonly number: number
}

/** Reads where a run stands. */
export function listPlaceOf(row: Readonly<Record<string, unknown>>, orders: readonly ListOrder[]): ListPlace {
  return { number: Number(row.number), places: orders.map((_, index) => placeOf(row, index)) }
}

/** Writes where a run stands in a list: of two cursors of one list, the lesser text is of the run that comes first. */
export function writeCursor(orders: readonly ListOrder[], { places, number }: ListPlace): string {
  const parts = orders.map(({ isDescending }, index) => {
    const [kind, value, text] = places[index] ?? nowhere
    const digits = directed(Buffer.from(text, 'utf8'), isDescending).toString('hex')
    return `${kind}${writeNumber(value, isDescending)}${digits}${isDescending ? '~' : '.'}`
  })
  return `${nameOf(orders)}${parts.join('')}${writeNumber(number, isLastDescending(orders))}`
}

/** Reads a cursor; throws BAD_USER_INPUT for one of another order. */
export function readCursor(orders: readonly ListOrder[], cursor: string): ListPlace {
  const pattern = new RegExp(`^${nameOf(orders)}${PART.repeat(orders.length)}([0-9a-f]{16})$`)
  const found = cursor.length > longestCursor(orders) ? null : pattern.exec(cursor)
  if (!found) {
    const names = orders.map(({ key }) => key.name).join(', ')
    throw new HourglassError(
      errorCodes.badUserInput,
      `after: expected a cursor of a page ordered by ${names}, got ${JSON.stringify(cursor.slice(0, 80))}.`,
    )
  }
  const places = orders.map(({ isDescending }, index): SortPlace => {
    const [kind, value, text] = found.slice(1 + PARTS * index)
    const bytes = directed(Buffer.from(text ?? '', 'hex'), isDescending)
    return [Number(kind), readNumber(value ?? '', isDescending), bytes.toString('utf8')]
  })
  return { places, number: readNumber(found.at(-1) ?? '', isLastDescending(orders)) }
}

const nowhere: SortPlace = [2, 0, '']
/** Kind, number and text of a {@link SortPlace}. The text ends with what is less than any digit, or more where texts descend. */
const PART = '([012])([0-9a-f]{16})((?:[0-9a-f]{2})*)[.~]'
const PARTS = 3
const NAME_DIGITS = 8
const NUMBER_DIGITS = 16
/** A character has up to four bytes in UTF-8, each of two digits; kind and end have one. */
const LONGEST_PART = 1 + NUMBER_DIGITS + 8 * SORTED_LENGTH + 1

const longestCursor = (orders: readonly ListOrder[]) => NAME_DIGITS + LONGEST_PART * orders.length + NUMBER_DIGITS

const isLastDescending = (orders: readonly ListOrder[]) => orders.at(-1)?.isDescending ?? true

/** Tells cursors of different orders apart. */
function nameOf(orders: readonly ListOrder[]): string {
  const order = orders.map(({ key, isDescending }) => [key.name, isDescending])
  return createHash('sha256').update(JSON.stringify(order)).digest('hex').slice(0, NAME_DIGITS)
}

/** Turns the order of bytes round, in place, where they are to descend; twice gives them back. */
function directed(bytes: Buffer, isDescending: boolean): Buffer {
  if (isDescending) complement(bytes)
  return bytes
}

function complement(bytes: Buffer): void {
  for (const [index, byte] of bytes.entries()) bytes[index] = 0xff - byte
}

/** The bits of IEEE 754 are in the order of the numbers, once the sign is turned round, and all others of negative ones with it. */
function writeNumber(number: number, isDescending: boolean): string {
  const bytes = Buffer.alloc(8)
  // Minus zero is the same number.
  bytes.writeDoubleBE(number + 0)
  turnNegative(bytes, number < 0)
  return directed(bytes, isDescending).toString('hex')
}

function readNumber(digits: string, isDescending: boolean): number {
  const bytes = directed(Buffer.from(digits, 'hex'), isDescending)
  turnNegative(bytes, bytes.readUInt8() < SIGN)
  return bytes.readDoubleBE()
}

const SIGN = 0x80

function turnNegative(bytes: Buffer, isNegative: boolean): void {
  if (isNegative) complement(bytes)
  else bytes.writeUInt8(bytes.readUInt8() ^ SIGN)
}
