import { tangentDirections } from '../metrics/tangentDirections.js'
import type { AnalysisContext } from './AnalysisContext.js'
import { MOST_TANGENT_UNITS } from './AnalysisLimits.js'
import type { PartResult } from './AnalysisPart.js'
import type { Analysis } from './analysisSchema.js'
import { figureOf } from './figures.js'

/** Tangent directions shown of each example. */
const SHOWN_DIRECTIONS = 8

/** Finds the directions in which the decoder lets the first test examples vary; none for long codes. */
export async function measureTangents(context: AnalysisContext): Promise<PartResult<Analysis['tangents']> | undefined> {
  const { model, test, testCodes, limits, sides, size } = context
  if (model.latentDimension > MOST_TANGENT_UNITS) return undefined
  const count = Math.min(sides ? limits.tangents : limits.tangentPoints, test.labels.length)
  const codes = testCodes.slice(0, count * model.latentDimension)
  const tangents = await tangentDirections(model, codes)
  const value = tangents.map(({ singularValues }, example) => ({
    example,
    label: test.labels[example] ?? 0,
    singularValues: [...singularValues],
  }))
  const shown = Math.min(SHOWN_DIRECTIONS, model.latentDimension, size)
  const values = Float32Array.from(tangents.flatMap(({ directions }) => [...directions.subarray(0, shown * size)]))
  if (!sides) {
    return {
      value,
      figures: {
        'tangents/points': { shape: [count, size], values: await model.decode(codes) },
        'tangents/directions': { shape: [count, shown, size, 1], values },
      },
    }
  }
  return {
    value,
    figures: {
      'tangents/examples': figureOf(test.features.subarray(0, tangents.length * size), sides),
      'tangents/directions': { shape: [tangents.length, shown, ...sides], values },
    },
  }
}
