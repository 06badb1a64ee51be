import { createRandom } from '@hourglass/datasets'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, initializeParameters, type RunConfigInput } from '../../src/index.js'
import { EngineModel } from '../../src/inference/EngineModel.js'
import { variationalBound } from '../../src/metrics/variationalBound.js'

const exampleShape = [2, 3]
const examples = Float32Array.from({ length: 700 * 6 }, (_, index) => 0.5 + 0.5 * Math.sin(index))

async function boundOf(encoder: NonNullable<RunConfigInput['architecture']>['encoder'], change: (name: string, value: number) => number) {
  const { architecture: config } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2, encoder } })
  const initial = initializeParameters(config, { exampleShape, seed: 1 })
  const parameters = Object.fromEntries(
    Object.entries(initial).map(([name, { shape, values }]) => [name, { shape, values: values.map((value) => change(name, value)) }]),
  )
  const model = new EngineModel(await createEngine('onnx', { threads: 1 }), { config, exampleShape, parameters })
  try {
    return await variationalBound(model, examples, 9)
  } finally {
    await model.dispose()
  }
}

describe('variationalBound', () => {
  it('is the cross-entropy and the divergence in bits, written out for a model without weights', async () => {
    // Every code is N(0.5, e⁻¹) in both units, and the decoder adds the sum of both units to every logit.
    const bound = await boundOf({ kind: 'variational' }, (name) => {
      if (name === 'decoder/0/kernel') return 1
      if (!name.endsWith('bias') || name.startsWith('decoder')) return 0
      return /logVariance/i.test(name) ? -1 : 0.5
    })
    const divergence = 0.5 * (0.25 + Math.exp(-1) - 1 + 1)
    const noise = new Float32Array(1400)
    createRandom(9, 'analysis/code').fillNormal(noise)
    let nats = 0
    examples.forEach((x, index) => {
      const row = Math.floor(index / 6)
      const logit = 1 + Math.exp(-0.5) * ((noise[2 * row] ?? 0) + (noise[2 * row + 1] ?? 0))
      const probability = 1 / (1 + Math.exp(-logit))
      nats -= x * Math.log(probability) + (1 - x) * Math.log(1 - probability)
    })
    for (const value of bound?.divergences ?? []) expect(value).toBeCloseTo(divergence, 6)
    expect(bound?.bernoulliBitsPerPixel).toBeCloseTo((nats / 700 + 2 * divergence) / (6 * Math.LN2), 5)
    expect(tf.memory().numTensors).toBe(0)
  })

  it('is undefined where codes are points', async () => {
    expect(await boundOf({ kind: 'deterministic' }, (_name, value) => value)).toBeUndefined()
  })
})
