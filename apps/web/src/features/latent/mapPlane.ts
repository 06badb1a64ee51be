import type { PrincipalDirections } from '@hourglass/autoencoders/latent'
import { type Extent, extentOf } from '../../ui/plotExtent'
import type { Projection } from './mapOptions'

/** A plane in the code space, onto which the map projects codes. Both directions are of length 1 and at right angles. */
export interface MapPlane {
  /** The code in the middle of the axes, `[size]`. */
  readonly origin: Float32Array
  /** `[size]` */
  readonly across: Float32Array
  /** Null where codes have one unit: then heights tell classes apart. */
  readonly up: Float32Array | null
  readonly names: readonly [across: string, up: string]
}

/** Codes as the map shows them. */
export interface MapPlaces {
  readonly x: Float32Array
  readonly y: Float32Array
}

/** Finds the plane of a projection; null while its directions are not there. */
export function planeOf(
  projection: Projection,
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

/** Projects codes `[n, size]` onto a plane; without an upward direction, each class has a height of its own, around which its codes are spread. */
export function placesOf(codes: Float32Array, labels: ArrayLike<number>, { origin, across, up }: MapPlane): MapPlaces {
  const size = origin.length
  const count = labels.length
  const [x, y] = [new Float32Array(count), new Float32Array(count)]
  const rows = new Map([...new Set(Array.from(labels))].toSorted((a, b) => a - b).map((label, row) => [label, row]))
  for (let row = 0; row < count; row++) {
    let [right, above] = [0, 0]
    for (let at = 0; at < size; at++) {
      const value = (codes[row * size + at] as number) - (origin[at] as number)
      right += value * (across[at] as number)
      if (up) above += value * (up[at] as number)
    }
    x[row] = right
    y[row] = up ? above : (rows.get(labels[row] as number) ?? 0) + 0.25 + ((row * GOLDEN) % 1) / 2
  }
  return { x, y }
}

/** Multiples of it are spread evenly, and look like chance. */
const GOLDEN = 0.618_033_988_749_895

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

export interface MapFrame {
  readonly x: Extent
  readonly y: Extent
}

/** Frames places with a margin, one unit across as long as one up; without an upward direction heights fill the frame. */
export function frameOf({ x, y }: MapPlaces, plane: MapPlane): MapFrame {
  const [across, up] = [x, y].map((values) => extentOf(values, { axis: 0, stride: 1 })) as [Extent, Extent]
  if (plane.up === null) return { x: across, y: { minimum: 0, maximum: Math.max(1, Math.ceil(up.maximum)) } }
  const reach = Math.max(across.maximum - across.minimum, up.maximum - up.minimum) / 2
  const around = ({ minimum, maximum }: Extent): Extent => {
    const middle = (minimum + maximum) / 2
    return { minimum: middle - reach, maximum: middle + reach }
  }
  return { x: around(across), y: around(up) }
}
