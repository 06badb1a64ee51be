import { meanCode, meanDifference, type PrincipalDirections, rowsOfClass, type StoredCodes } from '@hourglass/autoencoders/latent'

/** Characters of a name. */
export const MOST_NAME = 40

/** A direction that somebody asked for. It is found anew in the codes of each epoch. */
export type NamedDirection =
  /** From the mean of one class to that of another. */
  | { readonly kind: 'classes'; readonly to: number; readonly from: number }
  /** From the mean of all test examples to that of some of them. */
  | { readonly kind: 'selection'; readonly name: string; readonly rows: readonly number[] }

/** Writes the name of a direction. */
export function nameOf(direction: NamedDirection): string {
  return direction.kind === 'classes' ? `mean ${direction.to} − mean ${direction.from}` : direction.name
}

export interface FoundDirections extends PrincipalDirections {
  /** Those that were found, in their order: one whose means are the same has no direction. */
  readonly found: readonly NamedDirection[]
}

interface FindOptions {
  /** Units of one code. */
  readonly size: number
  /** Means of selections whose codes are not among these, null where they are not known yet. */
  readonly means?: ReadonlyMap<NamedDirection, Float32Array | null>
}

/** Finds named directions in the codes of test examples, around the mean of all. */
export function findNamedDirections(
  { codes, labels }: StoredCodes,
  named: readonly NamedDirection[],
  { size, means = new Map() }: FindOptions,
): FoundDirections {
  const all = Array.from(labels, (_, row) => row)
  const mean = meanCode(codes, { size, rows: all }) ?? new Float32Array(size)
  const found = named.flatMap((direction) => {
    const vector = vectorOf(direction)
    return vector ? [{ direction, vector }] : []
  })
  const directions = new Float32Array(found.length * size)
  for (const [row, { vector }] of found.entries()) directions.set(vector, row * size)
  return { mean, directions, count: found.length, found: found.map(({ direction }) => direction) }

  function vectorOf(direction: NamedDirection): Float32Array | null {
    if (direction.kind === 'classes') {
      return meanDifference(codes, { size, to: rowsOfClass(labels, direction.to), from: rowsOfClass(labels, direction.from) })
    }
    if (!means.has(direction)) return meanDifference(codes, { size, to: direction.rows.filter((row) => row < labels.length), from: all })
    const end = means.get(direction)
    if (!end) return null
    const both = new Float32Array(2 * size)
    both.set(mean)
    both.set(end, size)
    return meanDifference(both, { size, to: [1], from: [0] })
  }
}
