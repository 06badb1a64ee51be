import { errorCodes, HourglassError } from '../HourglassError.js'

export type Rows = readonly (readonly number[])[]

export const MAXIMUM_ROWS = 256

/** Throws BAD_USER_INPUT for rows of a wrong number, length or size; `subject` names them in the message. */
export function checkRows(rows: Rows, width: number, subject: string): void {
  if (rows.length < 1 || rows.length > MAXIMUM_ROWS) {
    throw new HourglassError(errorCodes.badUserInput, `${subject}: expected 1 to ${MAXIMUM_ROWS} rows, got ${rows.length}.`)
  }
  rows.forEach((row, index) => {
    if (row.length !== width) throw wrongRow(`${subject}[${index}]: expected ${width} numbers, got ${row.length}.`)
    // Models compute in float32, where a number that float64 holds may be infinite.
    const position = row.findIndex((value) => !Number.isFinite(Math.fround(value)))
    if (position === -1) return
    throw wrongRow(`${subject}[${index}][${position}]: expected a number of at most 3.4e38 in size, got ${row[position]}.`)
  })
}

/** Splits values [count][size] into rows; throws BAD_USER_INPUT where some are not finite. */
export function toFiniteRows(values: Float32Array, count: number, subject: string): number[][] {
  const size = values.length / count
  const position = values.findIndex((value) => !Number.isFinite(value))
  if (position !== -1) {
    throw wrongRow(`${subject}[${Math.floor(position / size)}]: expected numbers small enough for a finite result, got larger ones.`)
  }
  return Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * size, (row + 1) * size)))
}

const wrongRow = (message: string) => new HourglassError(errorCodes.badUserInput, message)
