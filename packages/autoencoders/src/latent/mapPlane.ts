import type { PrincipalDirections } from './principalDirections.js'

/** Principal directions that are looked for where some of them are shown: those of long codes depend on how many are. */
export const MAP_DIRECTIONS = 16

/** What lays codes out on a plane: two of their units (one, where there is no other), or their first two principal directions. */
export type PlaneProjection =
  | { readonly kind: 'units'; readonly across: number; readonly up: number | null }
  | { readonly kind: 'principal' }

/** A plane in the code space, onto which codes are projected. Both directions are of length 1 and at right angles. */
export interface MapPlane {
  /** The code in the middle of the axes, `[size]`. */
  readonly origin: Float32Array
  /** `[size]` */
  readonly across: Float32Array
  /** Null where codes have one unit: then heights tell classes apart. */
  readonly up: Float32Array | null
  readonly names: readonly [across: string, up: string]
}

/** Where codes are on a map. */
export interface MapPlaces {
  readonly x: Float32Array
  readonly y: Float32Array
}

/** Finds the plane of a projection; null while its directions are not there. */
export function planeOf(
  projection: PlaneProjection,
  { size, principal }: { size: number; principal: PrincipalDirections | null },
): MapPlane | null {
  if (projection.kind === 'principal') {
    if (principal === null || principal.count < 2) return null
    const { mean, directions } = principal
    return { origin: mean, across: directions.slice(0, size), up: directions.slice(size, 2 * size), names: ['p1', 'p2'] }
  }
  const { across, up } = projection
  const axis = (unit: number) => Float32Array.from({ length: size }, (_, index) => (index === unit ? 1 : 0))
  return {
    origin: new Float32Array(size),
    across: axis(across),
    up: up === null ? null : axis(up),
    names: [`z${across + 1}`, up === null ? '' : `z${up + 1}`],
  }
}

/** Multiples of it are spread evenly, and look like chance. */
const GOLDEN = 0.618_033_988_749_895

/** Projects codes `[n, size]` onto a plane; without an upward direction, each class has a height of its own, around which its codes are spread. */
export function placesOf(codes: Float32Array, labels: ArrayLike<number>, plane: MapPlane): MapPlaces {
  const count = labels.length
  const places = { x: new Float32Array(count), y: new Float32Array(count) }
  projectInto(places, codes, { plane, from: 0 })
  if (plane.up) return places
  const rows = new Map([...new Set(Array.from(labels))].toSorted((a, b) => a - b).map((label, row) => [label, row]))
  for (let row = 0; row < count; row++) places.y[row] = (rows.get(labels[row] as number) ?? 0) + 0.25 + ((row * GOLDEN) % 1) / 2
  return places
}

/** Projects codes `[n, size]` onto a plane, into places from a row on; without an upward direction their heights are left alone. */
export function projectInto({ x, y }: MapPlaces, codes: Float32Array, { plane, from }: { plane: MapPlane; from: number }): void {
  const { origin, across, up } = plane
  const size = origin.length
  const count = codes.length / size
  for (let row = 0; row < count; row++) {
    let [right, above] = [0, 0]
    for (let at = 0; at < size; at++) {
      const value = (codes[row * size + at] as number) - (origin[at] as number)
      right += value * (across[at] as number)
      if (up) above += value * (up[at] as number)
    }
    x[from + row] = right
    if (up) y[from + row] = above
  }
}

/** Projects one code; without an upward direction its height is null. */
export function placeOf(code: ArrayLike<number>, { origin, across, up }: MapPlane): readonly [x: number, y: number | null] {
  const along = (direction: Float32Array) =>
    direction.reduce((sum, value, at) => sum + value * ((code[at] as number) - (origin[at] as number)), 0)
  return [along(across), up && along(up)]
}

/** Moves a code within the plane to a place of it; what is at right angles to the plane stays. */
export function codeAt(code: Float32Array, plane: MapPlane, [x, y]: readonly [number, number]): Float32Array {
  const [fromX, fromY] = placeOf(code, plane)
  const [right, above] = [x - fromX, fromY === null ? 0 : y - fromY]
  return code.map((value, at) => value + right * (plane.across[at] as number) + above * (plane.up?.[at] ?? 0))
}
