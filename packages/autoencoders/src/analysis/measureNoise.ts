import { createRandom } from '@hourglass/datasets'
import type { ExampleCodec } from '../compression/ExampleCodec.js'
import { clipToUnit } from '../metrics/clipToUnit.js'
import { meanSquaredError } from '../metrics/meanSquaredError.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { SubjectMetrics } from './SubjectMetrics.js'

/** Measures the error on images of uniform noise, which only what has learned to copy reconstructs. */
export async function measureNoise(codec: ExampleCodec, context: AnalysisContext): Promise<Partial<SubjectMetrics>> {
  const noise = drawNoise(context, context.limits.noise)
  const reconstructions = await codec.decode(await codec.encode(noise))
  return { noiseMeanSquaredError: meanSquaredError(noise, clipToUnit(reconstructions)) }
}

/** Draws images of uniform noise, [count, values of one example]; always the same first ones. */
export function drawNoise({ size, options }: AnalysisContext, count: number): Float32Array {
  const noise = new Float32Array(count * size)
  createRandom(options.config.training.seed, 'analysis/noise').fillUniform(noise)
  return noise
}
