import { errorCodes, HourglassError } from '../HourglassError.js'
import type { InputRange } from './inputRange.js'

export type Rows = readonly (readonly number[])[]

export const MAXIMUM_ROWS = 256

const TOLERANCE = 1e-6

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

/** Throws BAD_USER_INPUT for rows of images with values out of the range of what the encoder was trained on. */
export function checkRange(rows: Rows, { minimum, maximum }: InputRange, subject: string): void {
  // A little more than the range is what computing in float32 makes of its ends.
  const isOut = (value: number) => value < minimum - TOLERANCE || value > maximum + TOLERANCE
  rows.forEach((row, index) => {
    const position = row.findIndex(isOut)
    if (position === -1) return
    const advice = minimum === 0 ? ' Pixels are 0 for black and 1 for white: divide those of 0 to 255 by 255.' : ''
    throw wrongRow(`${subject}[${index}][${position}]: expected a number from ${minimum} to ${maximum}, got ${row[position]}.${advice}`)
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
