import { createRandom } from '@hourglass/datasets'
import { z } from 'zod'
import { lossRows } from '../../config/lossRows.js'
import type { EngineModel } from '../../inference/EngineModel.js'
import { sampleTest } from '../AnalysisContext.js'
import { analysisPart } from '../AnalysisPart.js'
import { figureOf } from '../figures.js'
import { inpaintLowerHalf } from '../inpaintLowerHalf.js'
import { count, described, measured } from '../partSchema.js'

/** Fills in the missing lower half of test images drawn at random; nothing for data that are no images. */
export const inpainting = analysisPart({
  schema: z
    .strictObject({
      iterations: count.meta(described('How often an image is encoded and decoded.')),
      chains: count.meta(described('How often that is done anew, with codes drawn from a variational encoder.')),
      meanSquaredError: measured,
      filledMeanSquaredError: measured.meta(described('Of what was filled in at the end of the first chain, over the missing pixels.')),
      meanImageMeanSquaredError: z.number().meta(described('Of the mean image in the missing half.')),
    })
    .nullable()
    .default(null)
    .meta(described('Filling in the lower half of test images, which the model does not see; null for data that are no images.')),

  figure: 'test images whose lower half is filled in',

  async measure(context) {
    const { model, sides, test, limits, meanExample, options } = context
    if (!sides) return undefined
    const { features } = sampleTest(context, limits.inpainting)
    const iterations = limits.inpaintingIterations
    const chains = model.isVariational ? limits.inpaintingChains : 1
    const { loss, training } = options.config
    const { started, filled, expected, ...errors } = await inpaintLowerHalf(features, {
      meanImage: meanExample,
      sides,
      iterations,
      chains,
      encode: model.isVariational ? createCodeSampler(model, training.seed) : (images) => model.encode(images),
      decode: (codes) => model.decode(codes),
      drawPixels: model.isVariational && lossRows[loss].isBernoulli ? createPixelSampler(training.seed) : undefined,
    })
    const meanSquaredError = finiteOrNull(errors.meanSquaredError)
    return {
      value: {
        iterations,
        chains,
        meanSquaredError,
        filledMeanSquaredError: finiteOrNull(errors.filledMeanSquaredError),
        meanImageMeanSquaredError: errors.meanImageMeanSquaredError,
      },
      subjects: { MODEL: { inpaintingMeanSquaredError: meanSquaredError } },
      counts: { inpainting: Math.min(limits.inpainting, test.labels.length) },
      figures: {
        'inpainting/originals': figureOf(features, sides),
        'inpainting/started': figureOf(started, sides),
        'inpainting/filled': figureOf(filled, sides),
        'inpainting/expected': figureOf(expected, sides),
      },
    }
  },
})

/** Draws codes of examples from a variational encoder, others with each call. */
function createCodeSampler(model: EngineModel, seed: number): (examples: Float32Array) => Promise<Float32Array> {
  const random = createRandom(seed, 'analysis/inpainting')
  let drawn = 0
  return async (examples) => {
    const noise = new Float32Array((examples.length / model.exampleSize) * model.latentDimension)
    random.fillNormal(noise, { offset: drawn })
    drawn += noise.length
    return model.sampleCodes(examples, noise)
  }
}

/** Draws pixels from Bernoulli distributions with given means, others with each call. */
function createPixelSampler(seed: number): (means: Float32Array) => Float32Array {
  const random = createRandom(seed, 'analysis/inpaintingPixels')
  let drawn = 0
  return (means) => {
    const uniform = new Float32Array(means.length)
    random.fillUniform(uniform, { offset: drawn })
    drawn += uniform.length
    return uniform.map((value, index) => (value < (means[index] as number) ? 1 : 0))
  }
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null)
