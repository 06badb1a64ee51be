import { z } from 'zod'
import { normalDeviation } from '../../config/corruptionFacts.js'
import { meanOf } from '../../metrics/meanOf.js'
import { analysisPart } from '../AnalysisPart.js'
import { between, lengthOf, PlaneCurve, type Point, toPoints } from '../PlaneCurve.js'
import { described } from '../partSchema.js'

/** Places of the curve that are looked at. */
const PLACES = 200

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

  figure: 'where each place of the plane is moved to',

  async measure({ model, options }) {
    const { corruption, data } = options.config
    const planeCurve = PlaneCurve.of(data.dataset)
    const standardDeviation = normalDeviation(corruption)
    if (!planeCurve || standardDeviation === null) return undefined
    const move = async (points: readonly Point[]) => toPoints(await model.decode(await model.encode(Float32Array.from(points.flat()))))
    const places = planeCurve.places(PLACES)
    const curve = places.map((place) => planeCurve.at(place))
    const beside = places.flatMap((place) => planeCurve.beside(place, standardDeviation))
    const [fromCurve, fromBeside] = [await move(curve), await move(beside)]
    const cosines = beside.map((point, index) =>
      cosine(between(point, fromBeside[index] ?? point), between(point, nearestOf(curve, point))),
    )
    const steps = curve.map((point, index) => lengthOf(between(point, fromCurve[index] ?? point)))
    const value = { meanCosine: meanOf(cosines), stepOnCurve: meanOf(steps) / standardDeviation }
    return Object.values(value).every(Number.isFinite) ? { value } : undefined
  },
})

function nearestOf(curve: readonly Point[], point: Point): Point {
  const distances = curve.map((each) => lengthOf(between(point, each)))
  return curve[distances.indexOf(Math.min(...distances))] ?? point
}

const cosine = (a: Point, b: Point) => (a[0] * b[0] + a[1] * b[1]) / (lengthOf(a) * lengthOf(b))
