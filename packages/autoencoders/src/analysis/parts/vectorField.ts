import { type ToyManifold, toyManifolds } from '@hourglass/datasets'
import { z } from 'zod'
import { analysisPart } from '../AnalysisPart.js'
import { described } from '../partSchema.js'

type Point = readonly [x: number, y: number]

/** Places of the curve that are looked at. */
const PLACES = 200
/** Steps along the curve, as shares of its whole, between which its direction is taken. */
const STEP = 1e-4

/** Measures where a denoising autoencoder moves points on and beside the curve that they were drawn from; nothing of other runs and data. */
export const vectorField = analysisPart({
  schema: z
    .strictObject({
      meanCosine: z
        .number()
        .meta(
          described(
            'Mean cosine between the step from points beside the curve, as far as one standard deviation of the noise, and the way to its nearest point: 1 where every step leads there.',
          ),
        ),
      stepOnCurve: z
        .number()
        .meta(described('Mean length of the step from points of the curve, as a share of the noise’s standard deviation.')),
    })
    .nullable()
    .default(null)
    .meta(
      described('How a denoising autoencoder moves places of the plane; null for others, and for data that are no curve of the plane.'),
    ),

  async measure({ model, options }) {
    const { corruption, data } = options.config
    const manifold: ToyManifold | undefined = Object.entries(toyManifolds).find(([id]) => id === data.dataset)?.[1]
    if (!manifold || model.exampleSize !== 2 || corruption.kind !== 'gaussian' || !isCurve(manifold)) return undefined
    const { standardDeviation } = corruption
    const move = async (points: readonly Point[]) => toPoints(await model.decode(await model.encode(Float32Array.from(points.flat()))))
    const places = Array.from({ length: PLACES }, (_, index) => ({ position: (index + 0.5) / PLACES, index }))
    const curve = places.map(({ position, index }) => pointOf(manifold, position, index))
    const beside = places.flatMap((place) => pointsBeside(manifold, place, standardDeviation))
    const [fromCurve, fromBeside] = [await move(curve), await move(beside)]
    const cosines = beside.map((point, index) =>
      cosine(between(point, fromBeside[index] ?? point), between(point, nearestOf(curve, point))),
    )
    const steps = curve.map((point, index) => length(between(point, fromCurve[index] ?? point)))
    const value = { meanCosine: mean(cosines), stepOnCurve: mean(steps) / standardDeviation }
    return Object.values(value).every(Number.isFinite) ? { value } : undefined
  },
})

/** Tells whether a position alone says where a point lies. */
function isCurve({ point }: ToyManifold): boolean {
  return point(0.5, 0, 0).at.join() === point(0.5, 0, 0.5).at.join()
}

function pointOf({ point }: ToyManifold, position: number, index: number): Point {
  const [x = 0, y = 0] = point(position, index, 0).at
  return [x, y]
}

/** Two points at a distance from a place of the curve, one to each side of it. */
function pointsBeside(
  manifold: ToyManifold,
  { position, index }: { readonly position: number; readonly index: number },
  distance: number,
): Point[] {
  const [dx, dy] = between(pointOf(manifold, position - STEP, index), pointOf(manifold, position + STEP, index))
  const [x, y] = pointOf(manifold, position, index)
  const scale = distance / Math.hypot(dx, dy)
  return [
    [x - dy * scale, y + dx * scale],
    [x + dy * scale, y - dx * scale],
  ]
}

function nearestOf(curve: readonly Point[], point: Point): Point {
  const distances = curve.map((each) => length(between(point, each)))
  return curve[distances.indexOf(Math.min(...distances))] ?? point
}

const toPoints = (values: Float32Array): Point[] =>
  Array.from({ length: values.length / 2 }, (_, index) => [values[2 * index] ?? 0, values[2 * index + 1] ?? 0])
const length = ([x, y]: Point) => Math.hypot(x, y)
const between = ([x, y]: Point, [toX, toY]: Point): Point => [toX - x, toY - y]
const cosine = (a: Point, b: Point) => (a[0] * b[0] + a[1] * b[1]) / (length(a) * length(b))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
