import { type ToyManifold, toyManifolds } from '@hourglass/datasets'

export type Point = readonly [x: number, y: number]

/** A place of a curve; some curves also depend on which example it is of. */
export interface CurvePlace {
  /** In 0…1. */
  readonly position: number
  readonly index: number
}

/** Share of the whole curve between the places that its direction is taken from. */
const STEP = 1e-4
/** Share of the whole curve that a walk along it takes at a time. */
const STRIDE = 5e-4

/** A curve of the plane that data were drawn from, with its directions along and across. */
export class PlaneCurve {
  private constructor(private readonly manifold: ToyManifold) {}

  /** Finds the curve of a data set; undefined where its examples do not lie around one in the plane. */
  static of(dataset: string): PlaneCurve | undefined {
    const manifold: ToyManifold | undefined = Object.entries(toyManifolds).find(([id]) => id === dataset)?.[1]
    return manifold && isPlaneCurve(manifold) ? new PlaneCurve(manifold) : undefined
  }

  /** Lists places all along the curve. */
  places(count: number): readonly CurvePlace[] {
    return Array.from({ length: count }, (_, index) => ({ position: (index + 0.5) / count, index }))
  }

  at({ position, index }: CurvePlace): Point {
    const [x = 0, y = 0] = this.manifold.point(position, index, 0).at
    return [x, y]
  }

  /** Returns the two points at a distance from a place of the curve, one to each side of it. */
  beside(place: CurvePlace, distance: number): readonly [Point, Point] {
    const [dx, dy] = between(this.at({ ...place, position: place.position - STEP }), this.at({ ...place, position: place.position + STEP }))
    const [x, y] = this.at(place)
    const scale = distance / Math.hypot(dx, dy)
    return [
      [x - dy * scale, y + dx * scale],
      [x + dy * scale, y - dx * scale],
    ]
  }

  /** Returns the first point of the curve that is so far from a place of it, in the direction in which more of the curve lies. */
  along(place: CurvePlace, distance: number): Point {
    const from = this.at(place)
    const stride = place.position < 0.5 ? STRIDE : -STRIDE
    for (let position = place.position + stride; position >= 0 && position <= 1; position += stride) {
      const reached = this.at({ ...place, position })
      if (lengthOf(between(from, reached)) >= distance) return reached
    }
    return this.at({ ...place, position: stride > 0 ? 1 : 0 })
  }
}

/** Tells whether a position alone says where a point of the plane lies. */
function isPlaneCurve({ point }: ToyManifold): boolean {
  const { at } = point(0.5, 0, 0)
  return at.length === 2 && at.join() === point(0.5, 0, 0.5).at.join()
}

export const lengthOf = ([x, y]: Point): number => Math.hypot(x, y)
export const between = ([x, y]: Point, [toX, toY]: Point): Point => [toX - x, toY - y]

/** Reads interleaved coordinates. */
export function toPoints(values: Float32Array): Point[] {
  return Array.from({ length: values.length / 2 }, (_, index) => [values[2 * index] ?? 0, values[2 * index + 1] ?? 0])
}
