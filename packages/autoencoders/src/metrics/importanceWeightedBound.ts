import { createRandom } from '@hourglass/datasets'
import { sum, type Tensor2D } from '@tensorflow/tfjs-core'
import type { CompiledFunction } from '../engines/Engine.js'
import type { EngineModel } from '../inference/EngineModel.js'
import { lossFunctions } from '../losses/losses.js'
import { bitsPerPixel } from './bitsPerPixel.js'
import { requireSameLength } from './requireSameLength.js'

export interface ImportanceWeightedOptions {
  /** Draws k of each example's code; 1 gives one draw's estimate of the evidence lower bound. */
  readonly samples: number
  readonly seed: number
}

/** Rows that are decoded at once. */
const ROWS = 500

/**
 * Computes the importance-weighted bound of a variational autoencoder with Bernoulli outputs on examples [n, size], in bits per pixel: the mean of
 *
 *     −ln (1/k Σᵢ p(x|zᵢ) p(zᵢ) / q(zᵢ|x)) / (size · ln 2),     z₁ … z_k drawn from q(z|x),
 *
 * which falls with k from the negative evidence lower bound towards the negative log-likelihood. Undefined where the encoder is deterministic.
 * Source: Burda, Grosse & Salakhutdinov 2016, equation 8.
 */
export async function importanceWeightedBound(
  model: EngineModel,
  examples: Float32Array,
  { samples, seed }: ImportanceWeightedOptions,
): Promise<number | undefined> {
  const { exampleSize, latentDimension } = model
  if (!model.isVariational) return undefined
  requireSameLength('examples', examples, { other: examples, width: exampleSize })
  const count = examples.length / exampleSize
  const noise = new Float32Array(samples * latentDimension)
  const random = createRandom(seed, 'analysis/importance')
  const weigher = await openWeigher(model, Math.min(ROWS, samples))
  let nats = 0
  try {
    for (let index = 0; index < count; index++) {
      random.fillNormal(noise, { offset: index * noise.length })
      const example = examples.subarray(index * exampleSize, (index + 1) * exampleSize)
      nats -= logMeanExp(await weigher.logWeights(example, noise))
    }
  } finally {
    await weigher.dispose()
  }
  return bitsPerPixel(nats / count, exampleSize)
}

/** Computes ln p(x|z) p(z) / q(z|x) of one example for draws z = μ + σ ε, [k], from their noise ε [k, latent dimension]. */
async function openWeigher(model: EngineModel, rows: number) {
  const { exampleSize, latentDimension } = model
  const distribution = await model.compile(
    ({ encodeDistribution }, { example }) => {
      const encoded = encodeDistribution?.(example as Tensor2D)
      if (!encoded) throw new TypeError('expected a variational encoder')
      return { means: encoded.mean, logVariances: encoded.logVariance }
    },
    { example: { shape: [1, exampleSize], dtype: 'float32' } },
  )
  const likelihood = await compileLikelihood(model, rows)
  return {
    async logWeights(example: Float32Array, noise: Float32Array): Promise<Float64Array> {
      const { means = new Float32Array(), logVariances = new Float32Array() } = await distribution.run({ example: example.slice() })
      const weights = new Float64Array(noise.length / latentDimension)
      const codes = new Float32Array(rows * latentDimension)
      const targets = new Float32Array(rows * exampleSize)
      for (let row = 0; row < rows; row++) targets.set(example, row * exampleSize)
      for (let start = 0; start < weights.length; start += rows) {
        const drawn = Math.min(rows, weights.length - start)
        for (let row = 0; row < drawn; row++) {
          let logRatio = 0
          for (let unit = 0; unit < latentDimension; unit++) {
            const epsilon = noise[(start + row) * latentDimension + unit] as number
            const logVariance = logVariances[unit] as number
            const code = (means[unit] as number) + Math.exp(logVariance / 2) * epsilon
            codes[row * latentDimension + unit] = code
            // The constants of both Gaussians cancel.
            logRatio += (epsilon ** 2 + logVariance - code ** 2) / 2
          }
          weights[start + row] = logRatio
        }
        const { losses = new Float32Array() } = await likelihood.run({ codes, targets })
        for (let row = 0; row < drawn; row++) weights[start + row] = (weights[start + row] as number) - (losses[row] as number)
      }
      return weights
    },
    async dispose(): Promise<void> {
      await distribution.dispose()
      await likelihood.dispose()
    },
  }
}

function compileLikelihood(model: EngineModel, rows: number): Promise<CompiledFunction> {
  const { exampleSize, latentDimension } = model
  return model.compile(
    ({ decode }, { codes, targets }) => ({
      losses: sum(lossFunctions.binaryCrossEntropy(targets as Tensor2D, decode(codes as Tensor2D)), 1),
    }),
    { codes: { shape: [rows, latentDimension], dtype: 'float32' }, targets: { shape: [rows, exampleSize], dtype: 'float32' } },
  )
}

function logMeanExp(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  if (!Number.isFinite(largest)) return largest
  return largest + Math.log(values.reduce((total, value) => total + Math.exp(value - largest), 0) / values.length)
}
