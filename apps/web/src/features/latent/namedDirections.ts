import { meanDifference, type PrincipalDirections, rowsOfClass, type StoredCodes } from '@hourglass/autoencoders/latent'

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

/** Finds named directions in the codes of test examples, around the mean of all. */
export function findNamedDirections({ codes, labels }: StoredCodes, named: readonly NamedDirection[], size: number): FoundDirections {
  const all = Array.from(labels, (_, row) => row)
  const mean = new Float32Array(size)
  for (const row of all) for (let at = 0; at < size; at++) mean[at] = (mean[at] as number) + (codes[row * size + at] as number) / all.length
  const found = named.flatMap((direction) => {
    const rows =
      direction.kind === 'classes'
        ? { to: rowsOfClass(labels, direction.to), from: rowsOfClass(labels, direction.from) }
        : { to: direction.rows.filter((row) => row < labels.length), from: all }
    const vector = meanDifference(codes, { size, ...rows })
    return vector ? [{ direction, vector }] : []
  })
  const directions = new Float32Array(found.length * size)
  for (const [row, { vector }] of found.entries()) directions.set(vector, row * size)
  return { mean, directions, count: found.length, found: found.map(({ direction }) => direction) }
}
