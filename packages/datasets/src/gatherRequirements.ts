import { DatasetError } from './DatasetError.js'

/** A count of examples or of a batch, `most` at the most. */
export function requireCount(subject: string, count: number, most: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= most) return
  throw new DatasetError('INVALID_ARGUMENT', {
    subject,
    expected: most === Infinity ? 'a whole number from 0' : `a whole number from 0 to ${most} (the examples of the split)`,
    found: `${count}`,
    advice: 'Pass a number within that range.',
  })
}

/** Throws DatasetError INVALID_ARGUMENT for a range that is not within the indices. */
export function requireRange(indices: Uint32Array, start: number, end: number): void {
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= indices.length) return
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'gathering examples',
    expected: `0 <= start <= end <= ${indices.length} (the number of indices)`,
    found: `start ${start}, end ${end}`,
    advice: 'Ask for a range within the indices.',
  })
}

/** Throws DatasetError INVALID_ARGUMENT for an output that is too short. */
export function requireRoom(out: Float32Array, needed: number): void {
  if (needed <= out.length) return
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'gathering examples',
    expected: `room for ${needed} floats in out`,
    found: `room for ${out.length}`,
    advice: 'Pass a longer Float32Array or gather fewer examples.',
  })
}

/** Throws DatasetError INDEX_OUT_OF_RANGE for an index that no example has. */
export function requireIndices(rows: Uint32Array, count: number): void {
  for (let row = 0; row < rows.length; row++) {
    const index = rows[row] as number
    if (index < count) continue
    throw new DatasetError('INDEX_OUT_OF_RANGE', {
      subject: 'gathering examples',
      expected: `indices below ${count} (the number of examples)`,
      found: `index ${index}`,
      advice: 'Draw the indices from the split that they are used with.',
    })
  }
}
