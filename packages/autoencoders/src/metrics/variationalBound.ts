import { createRandom } from '@hourglass/datasets'
import { sum, type Tensor2D } from '@tensorflow/tfjs-core'
import type { EngineModel } from '../inference/EngineModel.js'
import { lossFunctions } from '../losses/losses.js'
import { sampleCodes } from '../objective/divergence.js'
import { bitsPerPixel } from './bitsPerPixel.js'
import { gaussianDivergence } from './gaussianDivergence.js'
import { requireSameLength } from './requireSameLength.js'

export interface VariationalBound {
  /** KL of each code unit from the prior in nats, the mean over examples, [latent dimension]. */
  readonly divergences: Float64Array
  /** Negative evidence lower bound with Bernoulli outputs: E[−ln p(x|z)] + KL, one draw of z an example. */
  readonly bernoulliBitsPerPixel: number
}

const BATCH = 500

/**
 * Computes what a variational autoencoder promises for examples [n, size]: how much each unit tells, and the bits a value takes.
 * Undefined where the encoder is deterministic. Source: Kingma & Welling 2014, equation 3, with β = 1 whatever it was trained with.
 */
export async function variationalBound(model: EngineModel, examples: Float32Array, seed: number): Promise<VariationalBound | undefined> {
  const { exampleSize, latentDimension } = model
  if (!model.isVariational) return undefined
  requireSameLength('examples', examples, { other: examples, width: exampleSize })
  const count = examples.length / exampleSize
  const random = createRandom(seed, 'analysis/code')
  const divergences = new Float64Array(latentDimension)
  let nats = 0
  for (let start = 0; start < count; start += BATCH) {
    const rows = Math.min(BATCH, count - start)
    const noise = new Float32Array(rows * latentDimension)
    random.fillNormal(noise, { offset: start * latentDimension })
    const batch = await boundOf(model, examples.slice(start * exampleSize, (start + rows) * exampleSize), noise)
    nats += batch.losses.reduce((total, loss) => total + loss, 0)
    gaussianDivergence(batch, latentDimension).forEach((divergence, unit) => {
      divergences[unit] = (divergences[unit] as number) + (divergence * rows) / count
    })
  }
  const divergence = divergences.reduce((total, value) => total + value, 0)
  return { divergences, bernoulliBitsPerPixel: bitsPerPixel(nats / count + divergence, exampleSize) }
}

async function boundOf(model: EngineModel, examples: Float32Array, noise: Float32Array) {
  const { exampleSize, latentDimension } = model
  const rows = examples.length / exampleSize
  const compiled = await model.compile(
    ({ encodeDistribution, decode }, { targets, noise }) => {
      const distribution = encodeDistribution?.(targets as Tensor2D)
      if (!distribution) throw new TypeError('expected a variational encoder')
      const reconstruction = decode(sampleCodes(distribution, noise as Tensor2D))
      return {
        means: distribution.mean,
        logVariances: distribution.logVariance,
        losses: sum(lossFunctions.binaryCrossEntropy(targets as Tensor2D, reconstruction), 1),
      }
    },
    { targets: { shape: [rows, exampleSize], dtype: 'float32' }, noise: { shape: [rows, latentDimension], dtype: 'float32' } },
  )
  try {
    const {
      means = new Float32Array(),
      logVariances = new Float32Array(),
      losses = new Float32Array(),
    } = await compiled.run({
      targets: examples,
      noise,
    })
    return { means, logVariances, losses }
  } finally {
    await compiled.dispose()
  }
}
