import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, initializeParameters, type RunConfigInput } from '../../src/index.js'
import { EngineModel } from '../../src/inference/EngineModel.js'
import { importanceWeightedBound } from '../../src/metrics/importanceWeightedBound.js'
import { variationalBound } from '../../src/metrics/variationalBound.js'

const exampleShape = [2, 3]
const examples = Float32Array.from({ length: 40 * 6 }, (_, index) => 0.5 + 0.5 * Math.sin(index))

type Change = (name: string, value: number) => number

async function withModel<Result>(change: Change, work: (model: EngineModel) => Promise<Result>, kind = 'variational'): Promise<Result> {
  const encoder = { kind } as NonNullable<RunConfigInput['architecture']>['encoder']
  const { architecture: config } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2, encoder } })
  const initial = initializeParameters(config, { exampleShape, seed: 1 })
  const parameters = Object.fromEntries(
    Object.entries(initial).map(([name, { shape, values }]) => [name, { shape, values: values.map((value) => change(name, value)) }]),
  )
  const model = new EngineModel(await createEngine('onnx', { threads: 1 }), { config, exampleShape, parameters })
  try {
    return await work(model)
  } finally {
    await model.dispose()
  }
}

/** Codes are N(0.5, 0.7²), and logits the sum of both units plus 1. */
const summing: Change = (name) => {
  if (name === 'decoder/0/kernel') return 1
  if (!name.endsWith('bias')) return 0
  return name.startsWith('decoder') ? 1 : /logVariance/i.test(name) ? 2 * Math.log(0.7) : 0.5
}

/** The negative log-likelihood itself in bits per pixel, integrated over the prior: the sum of two standard normal units is N(0, 2). */
function likelihoodOfSumming(): number {
  const step = 0.01
  let bits = 0
  for (let row = 0; row < 40; row++) {
    let likelihood = 0
    for (let at = -8; at <= 8; at += step) {
      let log = -(at ** 2) / 4 - 0.5 * Math.log(4 * Math.PI)
      for (let pixel = 0; pixel < 6; pixel++) {
        const probability = 1 / (1 + Math.exp(-(1 + at)))
        const x = examples[row * 6 + pixel] ?? 0
        log += x * Math.log(probability) + (1 - x) * Math.log(1 - probability)
      }
      likelihood += Math.exp(log) * step
    }
    bits -= Math.log(likelihood) / (6 * Math.LN2)
  }
  return bits / 40
}

describe('importanceWeightedBound', () => {
  it('comes to the likelihood itself, integrated by hand, as more is drawn', async () => {
    const exact = likelihoodOfSumming()
    const bounds = await withModel(summing, async (model) => {
      const found: number[] = []
      for (const samples of [1, 10, 1200]) found.push((await importanceWeightedBound(model, examples, { samples, seed: 3 })) ?? Number.NaN)
      return found
    })
    const [one = 0, ten = 0, many = 0] = bounds
    expect(one).toBeGreaterThan(ten)
    expect(ten).toBeGreaterThan(exact)
    expect(Math.abs(many - exact)).toBeLessThan(0.01)
    expect(tf.memory().numTensors).toBe(0)
  })

  it('of one draw estimates the evidence lower bound', async () => {
    const [weighted = 0, elbo] = await withModel(summing, async (model) => {
      const many = Float32Array.from({ length: 50 * examples.length }, (_, index) => examples[index % examples.length] ?? 0)
      return [await importanceWeightedBound(model, many, { samples: 1, seed: 3 }), await variationalBound(model, many, 4)] as const
    })
    expect(Math.abs(weighted - (elbo?.bernoulliBitsPerPixel ?? Number.NaN))).toBeLessThan(0.04)
  })

  it('is undefined where codes are points', async () => {
    const work = (model: EngineModel) => importanceWeightedBound(model, examples, { samples: 2, seed: 1 })
    expect(await withModel((_name, value) => value, work, 'deterministic')).toBeUndefined()
  })
})
