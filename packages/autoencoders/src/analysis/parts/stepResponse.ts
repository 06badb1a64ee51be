import { z } from 'zod'
import { analysisPart } from '../AnalysisPart.js'
import { between, lengthOf, PlaneCurve, type Point, toPoints } from '../PlaneCurve.js'
import { described } from '../partSchema.js'

/** Places of the curve that steps begin at. */
const PLACES = 100
const LENGTHS = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3] as const

/** Measures how much of a step along the curve that points were drawn from, and of one across it, is left in the reconstruction; nothing of other data. */
export const stepResponse = analysisPart({
  schema: z
    .strictObject({
      lengths: z.array(z.number()).meta(described('Lengths of the steps, in the units of the plane, rising.')),
      along: z
        .array(z.number())
        .meta(
          described(
            'For each length: how far the reconstruction moves when a point of the curve goes to another one that far off, as a share of the step.',
          ),
        ),
      across: z
        .array(z.number())
        .meta(described('The same of steps at right angles to the curve, to both sides: 0 where the reconstruction does not answer.')),
    })
    .nullable()
    .default(null)
    .meta(described('How reconstructions answer to steps along and across a curve of the plane; null of other data.')),

  figure: 'how much reconstructions answer to steps along the curve that points lie on, and to steps across it',

  async measure({ model, options }) {
    const curve = PlaneCurve.of(options.config.data.dataset)
    if (!curve) return undefined
    const reconstruct = async (points: readonly Point[]) =>
      toPoints(await model.decode(await model.encode(Float32Array.from(points.flat()))))
    const places = curve.places(PLACES)
    const starts = places.map((place) => curve.at(place))
    const fromStarts = await reconstruct(starts)
    /** Mean way of reconstructions over mean way of points; several ends a start stand in a row. */
    const answered = async (ends: readonly Point[]) => {
      const each = ends.length / starts.length
      const fromEnds = await reconstruct(ends)
      const ways = (from: readonly Point[], to: readonly Point[]) =>
        to.reduce((sum, end, index) => sum + lengthOf(between(from[Math.floor(index / each)] ?? end, end)), 0)
      return ways(fromStarts, fromEnds) / ways(starts, ends)
    }
    const along: number[] = []
    const across: number[] = []
    for (const length of LENGTHS) {
      along.push(await answered(places.map((place) => curve.along(place, length))))
      across.push(await answered(places.flatMap((place) => curve.beside(place, length))))
    }
    return [...along, ...across].every(Number.isFinite) ? { value: { lengths: [...LENGTHS], along, across } } : undefined
  },
})
