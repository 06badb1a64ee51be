import { createHash } from 'node:crypto'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { SortPlace } from './query/sortPlaces.js'
import { placeOf } from './query/sortPlaces.js'
import type { ListOrder } from './runList.js'

/** Place of a run in an order; its number breaks ties, so that a page ends at an exact place. */
export interface ListPlace {
  readonly places: readonly SortPlace[]
  readonly number: number
}

/** Far more than a cursor with long names is made of. */
const MAXIMUM_CURSOR_LENGTH = 65_536

/** Reads where a run stands. */
export function listPlaceOf(row: Readonly<Record<string, unknown>>, orders: readonly ListOrder[]): ListPlace {
  return { number: Number(row.number), places: orders.map((_, index) => placeOf(row, index)) }
}

/** Writes where a run stands in a list: of two cursors of one list, the lesser text is of the run that comes first. */
export function writeCursor(orders: readonly ListOrder[], { places, number }: ListPlace): string {
  const parts = orders.map(({ isDescending }, index) => {
    const [kind, value, text] = places[index] ?? nowhere
    const end = isDescending ? '~' : '.'
    return `${kind}${writeNumber(value, isDescending)}${directed(Buffer.from(text, 'utf8').toString('hex'), isDescending)}${end}`
  })
  return `${nameOf(orders)}${parts.join('')}${writeNumber(number, isLastDescending(orders))}`
}

/** Reads a cursor; throws BAD_USER_INPUT for one of another order. */
export function readCursor(orders: readonly ListOrder[], cursor: string): ListPlace {
  const pattern = new RegExp(`^${nameOf(orders)}${PART.repeat(orders.length)}([0-9a-f]{16})$`)
  const found = cursor.length > MAXIMUM_CURSOR_LENGTH ? null : pattern.exec(cursor)
  if (!found) {
    const names = orders.map(({ key }) => key.name).join(', ')
    throw new HourglassError(
      errorCodes.badUserInput,
      `after: expected a cursor of a page ordered by ${names}, got ${JSON.stringify(cursor.slice(0, 80))}.`,
    )
  }
  const places = orders.map(({ isDescending }, index): SortPlace => {
    const [kind, value, text] = found.slice(1 + PARTS * index)
    const bytes = Buffer.from(directed(text ?? '', isDescending), 'hex')
    return [Number(kind), readNumber(value ?? '', isDescending), bytes.toString('utf8')]
  })
  return { places, number: readNumber(found.at(-1) ?? '', isLastDescending(orders)) }
}

const nowhere: SortPlace = [2, 0, '']
/** Kind, number and text of a {@link SortPlace}. The text ends with what is less than any digit, or more where texts descend. */
const PART = '([012])([0-9a-f]{16})((?:[0-9a-f]{2})*)[.~]'
const PARTS = 3
const SIGN = 1n << 63n

const isLastDescending = (orders: readonly ListOrder[]) => orders.at(-1)?.isDescending ?? true

/** Tells cursors of different orders apart. */
function nameOf(orders: readonly ListOrder[]): string {
  const order = orders.map(({ key, isDescending }) => [key.name, isDescending])
  return createHash('sha256').update(JSON.stringify(order)).digest('hex').slice(0, 8)
}

/** Turns the order of hexadecimal digits round where they are to descend; twice gives them back. */
function directed(digits: string, isDescending: boolean): string {
  return isDescending ? digits.replace(/./g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16)) : digits
}

/** The bits of IEEE 754 are in the order of the numbers, once the sign is turned round, and all others of negative ones with it. */
function writeNumber(number: number, isDescending: boolean): string {
  const view = new DataView(new ArrayBuffer(8))
  // Minus zero is the same number.
  view.setFloat64(0, number + 0)
  const bits = view.getBigUint64(0)
  const ordered = bits & SIGN ? BigInt.asUintN(64, ~bits) : bits | SIGN
  return directed(ordered.toString(16).padStart(16, '0'), isDescending)
}

function readNumber(digits: string, isDescending: boolean): number {
  const view = new DataView(new ArrayBuffer(8))
  const ordered = BigInt(`0x${directed(digits, isDescending)}`)
  view.setBigUint64(0, ordered & SIGN ? ordered ^ SIGN : BigInt.asUintN(64, ~ordered))
  return view.getFloat64(0)
}
