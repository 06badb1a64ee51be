/**
 * A column of numbers is laid out such that compression finds what they share: first a byte, then the most significant byte of each number, then the next
 * of each, and so on. Numbers with at most {@link MOST_DIGITS} digits behind the point, such as times and percents, are whole multiples of the last one's
 * place: their byte is how many digits there are, and they are int32. Of others the byte is {@link FLOATS}, and they are float64. Both come back to the bit.
 */
const FLOATS = 255
const MOST_DIGITS = 6
/** Stand for a value that is missing: a NaN that no arithmetic gives, and what no number comes to. */
const MISSING_FLOAT = 0x7ff8000000000001n
const MISSING_WHOLE = -(2 ** 31)
const MOST_WHOLE = 2 ** 31 - 1

const FLOAT_BYTES = Float64Array.BYTES_PER_ELEMENT
const WHOLE_BYTES = Int32Array.BYTES_PER_ELEMENT

/** A number, or undefined where it is missing. */
export type Cell = number | undefined

/** Encodes a column. */
export function encodeColumn(cells: readonly Cell[]): Uint8Array {
  const digits = digitsOf(cells)
  const bytes = digits === undefined ? FLOAT_BYTES : WHOLE_BYTES
  const view = new DataView(new ArrayBuffer(bytes * cells.length))
  cells.forEach((cell, index) => {
    if (digits !== undefined) view.setInt32(index * bytes, cell === undefined ? MISSING_WHOLE : wholeOf(cell, digits))
    else if (cell === undefined) view.setBigUint64(index * bytes, MISSING_FLOAT)
    else view.setFloat64(index * bytes, cell)
  })
  const column = new Uint8Array(1 + view.byteLength)
  column[0] = digits ?? FLOATS
  for (let plane = 0, to = 1; plane < bytes; plane++)
    for (let from = plane; from < view.byteLength; from += bytes) column[to++] = view.getUint8(from)
  return column
}

/** Decodes the column that begins at a place, and says where the next one does. Throws a RangeError where there is none of so many cells. */
export function decodeColumn(body: Uint8Array, start: number, count: number): { readonly cells: readonly Cell[]; readonly end: number } {
  const kind = body[start] ?? -1
  if (kind !== FLOATS && (kind < 0 || kind > MOST_DIGITS)) throw new RangeError(`expected a kind of column, got ${kind}`)
  const bytes = kind === FLOATS ? FLOAT_BYTES : WHOLE_BYTES
  const end = start + 1 + bytes * count
  if (end > body.length) throw new RangeError(`expected columns of ${count} values, got ${body.length} bytes`)
  const numbers = new Uint8Array(bytes * count)
  for (let plane = 0, from = start + 1; plane < bytes; plane++)
    for (let to = plane; to < numbers.length; to += bytes) numbers[to] = body[from++] ?? 0
  const view = new DataView(numbers.buffer)
  const cells = Array.from({ length: count }, (_, index) => {
    if (kind !== FLOATS) {
      const whole = view.getInt32(index * bytes)
      return whole === MISSING_WHOLE ? undefined : whole / 10 ** kind
    }
    const number = view.getFloat64(index * bytes)
    return Number.isNaN(number) && view.getBigUint64(index * bytes) === MISSING_FLOAT ? undefined : number
  })
  return { cells, end }
}

/** As few digits as all numbers have behind the point; undefined where they are not whole multiples of that. */
function digitsOf(cells: readonly Cell[]): number | undefined {
  for (let digits = 0; digits <= MOST_DIGITS; digits++) {
    if (cells.every((cell) => cell === undefined || isExact(cell, digits))) return digits
  }
  return undefined
}

const wholeOf = (cell: number, digits: number) => Math.round(cell * 10 ** digits)

function isExact(cell: number, digits: number): boolean {
  const whole = wholeOf(cell, digits)
  // An int32 has no negative zero.
  return Math.abs(whole) <= MOST_WHOLE && Object.is((whole | 0) / 10 ** digits, cell)
}
