import { type CodeRangeKind, codeRange, type DimensionSpread, type Interval } from '@hourglass/autoencoders/latent'
import { rowsOfDirections, type ScaledDirections } from './scaledDirections'

/** A direction that the grid goes along. */
export interface GridAxis {
  /** `z3`, or `p1`. */
  readonly name: string
  /** Of length 1, `[size]`. */
  readonly direction: Float32Array
  /** The code at 0, `[size]`. */
  readonly origin: Float32Array
  /** Length of a step of 1, in the code's own units. */
  readonly unit: number
  /** What the grid covers. */
  readonly range: Interval
}

interface GridAxesOptions {
  readonly units: readonly DimensionSpread[]
  /** Null before they are found. */
  readonly principal: ScaledDirections | null
  readonly range: CodeRangeKind
  /** Codes of test examples, `[n, size]`. */
  readonly codes: Float32Array
}

/** Finds the axis of a name, which is a unit or a principal direction; null where there is none. */
export function axisOf(name: string, { units, principal, range, codes }: GridAxesOptions): GridAxis | null {
  const size = units.length
  const index = Number(name.slice(1)) - 1
  if (name.startsWith('z')) {
    const unit = units[index]
    if (!unit) return null
    const along =
      range === 'quantiles' ? Float32Array.from({ length: codes.length / size }, (_, row) => codes[row * size + index] as number) : null
    return {
      name,
      direction: Float32Array.from({ length: size }, (_, at) => (at === index ? 1 : 0)),
      origin: new Float32Array(size),
      unit: 1,
      range: codeRange(unit, range, { along }),
    }
  }
  if (!name.startsWith('p')) return null
  const row = principal && rowsOfDirections(principal, range)[index]
  if (!row) return null
  const { directions, units: lengths } = principal
  return {
    name,
    direction: directions.directions.slice(index * size, (index + 1) * size),
    origin: directions.mean,
    unit: lengths[index] as number,
    range: row.range,
  }
}

/** Computes how far a code lies along an axis. */
export function coordinateOf(code: ArrayLike<number>, { direction, origin, unit }: GridAxis): number {
  return direction.reduce((sum, value, at) => sum + value * ((code[at] as number) - (origin[at] as number)), 0) / unit
}

export interface GridPlane {
  readonly across: GridAxis
  /** Null for a row. */
  readonly up: GridAxis | null
}

/** Moves a code along both axes to a place in the grid, from 0 to 1 across and up. */
export function codeInGrid(code: Float32Array, { across, up }: GridPlane, [right, above]: readonly [number, number]): Float32Array {
  const step = (axis: GridAxis, share: number) =>
    (axis.range.minimum + share * (axis.range.maximum - axis.range.minimum) - coordinateOf(code, axis)) * axis.unit
  const [x, y] = [step(across, right), up ? step(up, above) : 0]
  return code.map((value, at) => value + x * (across.direction[at] as number) + y * (up?.direction[at] ?? 0))
}

/** Tells where a code is in the grid, from 0 to 1 across and up; outside of that where it is outside of the ranges. */
export function placeInGrid(code: Float32Array, { across, up }: GridPlane): readonly [number, number] {
  const share = (axis: GridAxis) => (coordinateOf(code, axis) - axis.range.minimum) / (axis.range.maximum - axis.range.minimum || 1)
  return [share(across), up ? share(up) : 0.5]
}

/** Lists the codes in the middles of the cells of a grid, row by row from above, `[side · rows, size]`. */
export function gridCodes(code: Float32Array, plane: GridPlane, side: number): Float32Array {
  const size = code.length
  const rows = plane.up ? side : 1
  const codes = new Float32Array(side * rows * size)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < side; column++) {
      codes.set(codeInGrid(code, plane, [(column + 0.5) / side, 1 - (row + 0.5) / rows]), (row * side + column) * size)
    }
  }
  return codes
}
