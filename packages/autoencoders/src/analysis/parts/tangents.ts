import { z } from 'zod'
import { pickRows } from '../../tensors/pickRows.js'
import { MOST_TANGENT_UNITS } from '../AnalysisLimits.js'
import { analysisPart } from '../AnalysisPart.js'
import { figureOf } from '../figures.js'
import { count, described } from '../partSchema.js'

/** Tangent directions shown of each example. */
const SHOWN_DIRECTIONS = 8

/** Finds the directions in which the decoder lets test examples, drawn at random, vary; none for long codes. */
export const tangents = analysisPart({
  schema: z
    .array(z.strictObject({ example: count, label: count, singularValues: z.array(z.number()) }))
    .default([])
    .meta(described('The tangent space at the codes of some test examples, each by its place in the test split.')),

  figure: 'the directions in which the decoder lets an example vary',

  async measure(context) {
    const { tangentDirections } = await import('../../metrics/tangentDirections.js')
    const { model, test, testCodes, testOrder, limits, sides, size } = context
    // A line has one direction everywhere.
    if (model.latentDimension > MOST_TANGENT_UNITS || size === 1) return undefined
    const examples = Math.min(sides ? limits.tangents : limits.tangentPoints, test.labels.length)
    const places = testOrder.subarray(0, examples)
    const codes = pickRows(testCodes, model.latentDimension, places)
    const spaces = await tangentDirections(model, codes)
    const value = spaces.map(({ singularValues }, index) => ({
      example: places[index] ?? 0,
      label: test.labels[places[index] ?? 0] ?? 0,
      singularValues: [...singularValues],
    }))
    const shown = Math.min(SHOWN_DIRECTIONS, model.latentDimension, size)
    const values = Float32Array.from(spaces.flatMap(({ directions }) => [...directions.subarray(0, shown * size)]))
    if (!sides) {
      return {
        value,
        figures: {
          'tangents/points': { shape: [examples, size], values: await model.decode(codes) },
          'tangents/directions': { shape: [examples, shown, size, 1], values },
        },
      }
    }
    return {
      value,
      figures: {
        'tangents/examples': figureOf(pickRows(test.features, size, places), sides),
        'tangents/directions': { shape: [spaces.length, shown, ...sides], values },
      },
    }
  },
})
