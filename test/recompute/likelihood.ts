import type { RunConfig } from '@hourglass/autoencoders'
import { createRandom } from '@hourglass/datasets'
import type { Measured, Metrics } from './Measured.js'
import { mean } from './measures.js'
import { encode, logVariancesOf, type Network, pass, type Row } from './network.js'

/** What float32 logistic outputs are kept from 0 and 1 by. */
const CERTAINTY = 1e-7

const crossEntropy = (row: Row, logits: Row) =>
  logits.reduce((sum, logit, index) => sum + Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - (row[index] ?? 0) * logit, 0)

/** Divergence of a code's distribution from the prior, unit by unit. */
export const divergencesOf = (code: Row, logVariances: Row) =>
  code.map((value, unit) => (value ** 2 + Math.exp(logVariances[unit] ?? 0) - 1 - (logVariances[unit] ?? 0)) / 2)

export function likelihoodOf({ config, network, counts }: Measured, test: readonly Row[], made: readonly Row[]): Metrics {
  const size = test[0]?.length ?? 0
  const isBernoulli = config.loss === 'binaryCrossEntropy'
  if (!network.logVariance) {
    if (!isBernoulli) return {}
    const bits = test.map((row, place) =>
      row.reduce((sum, x, index) => {
        const r = Math.min(1 - CERTAINTY, Math.max(CERTAINTY, made[place]?.[index] ?? 0))
        return sum - x * Math.log2(r) - (1 - x) * Math.log2(1 - r)
      }, 0),
    )
    return { bitsPerPixel: mean(bits) / size }
  }
  const divergence = mean(
    test.map((row) => divergencesOf(encode(network, row), logVariancesOf(network, row)).reduce((sum, each) => sum + each, 0)),
  )
  if (!isBernoulli) return { klDivergence: divergence }
  const errors = test.map((row, place) =>
    crossEntropy(row, pass(network.decoder, drawCode(network, row, { config, stream: 'analysis/code', place })).preActivations),
  )
  const samples = config.evaluation.importanceSamples
  return {
    klDivergence: divergence,
    bitsPerPixel: (mean(errors) + divergence) / (size * Math.LN2),
    ...(samples === null
      ? {}
      : {
          importanceWeightedBitsPerPixel:
            tighterBound(network, test.slice(0, counts.importanceWeighted ?? 500), { config, samples }) / (size * Math.LN2),
        }),
  }
}

/** Draws a code with the random numbers that belong to a place. */
export function drawCode(network: Network, row: Row, { config, stream, place }: { config: RunConfig; stream: string; place: number }): Row {
  const [code, logVariances] = [encode(network, row), logVariancesOf(network, row)]
  const noise = new Float32Array(code.length)
  createRandom(config.training.seed, stream).fillNormal(noise, { offset: place * code.length })
  return code.map((value, unit) => value + Math.exp((logVariances[unit] ?? 0) / 2) * (noise[unit] ?? 0))
}

/** Mean of −ln (1/k Σ p(x|z) p(z) / q(z|x)), with both Gaussians written out. */
function tighterBound(network: Network, rows: readonly Row[], { config, samples }: { config: RunConfig; samples: number }): number {
  const gaussian = (value: number, centre: number, logVariance: number) =>
    -0.5 * (Math.log(2 * Math.PI) + logVariance + (value - centre) ** 2 / Math.exp(logVariance))
  return mean(
    rows.map((row, place) => {
      const [code, logVariances] = [encode(network, row), logVariancesOf(network, row)]
      const weights = Array.from({ length: samples }, (_, sample) => {
        const drawn = drawCode(network, row, { config, stream: 'analysis/importance', place: place * samples + sample })
        const ratio = drawn.reduce(
          (sum, value, unit) => sum + gaussian(value, 0, 0) - gaussian(value, code[unit] ?? 0, logVariances[unit] ?? 0),
          0,
        )
        return ratio - crossEntropy(row, pass(network.decoder, drawn).preActivations)
      })
      const most = Math.max(...weights)
      return -(most + Math.log(mean(weights.map((weight) => Math.exp(weight - most)))))
    }),
  )
}
