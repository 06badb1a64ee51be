import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import '../../src/engines/registerGradients.js'
import { losses } from '../../src/index.js'
import { lossFunctions } from '../../src/losses/losses.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

beforeAll(activateCpuBackend)

const targets = [0, 1, 0.25, 1, 0, 0.6]
const logits = [0.3, -1.2, 2, 0, 1e-3, -4]

function lossOf(name: (typeof losses)[number], values: readonly number[], target: readonly number[] = targets): number[] {
  return tf.tidy(() => {
    const preActivations = tf.tensor2d([...values], [1, values.length])
    const reconstruction = { preActivations, values: tf.sigmoid(preActivations) }
    return [...lossFunctions[name](tf.tensor2d([...target], [1, target.length]), reconstruction).dataSync()]
  })
}

const sigmoid = (l: number) => 1 / (1 + Math.exp(-l))

describe('losses', () => {
  it('computes squared differences', () => {
    lossOf('meanSquaredError', logits).forEach((value, i) => {
      expect(value).toBeCloseTo(((targets[i] ?? 0) - sigmoid(logits[i] ?? 0)) ** 2, 6)
    })
  })

  it('computes the binary cross-entropy in nats', () => {
    lossOf('binaryCrossEntropy', logits).forEach((value, i) => {
      const [x, r] = [targets[i] ?? 0, sigmoid(logits[i] ?? 0)]
      expect(value).toBeCloseTo(-x * Math.log(r) - (1 - x) * Math.log(1 - r), 5)
    })
  })

  it('keeps the binary cross-entropy exact where the sigmoid has rounded to 0 or 1', () => {
    expect(lossOf('binaryCrossEntropy', [200, -200, 200, -200], [1, 0, 0, 1])).toEqual([0, 0, 200, 200])
  })

  it.each(losses)('has the gradient of %s that finite differences give', (name) => {
    const total = (values: readonly number[]) => lossOf(name, values).reduce((sum, value) => sum + value, 0)
    const h = 1e-2
    const numeric = logits.map((_, i) => {
      const moved = (by: number) => logits.map((logit, j) => (i === j ? logit + by : logit))
      // Fourth-order central difference: its truncation error stays below float32's rounding at this step.
      return (8 * (total(moved(h)) - total(moved(-h))) - (total(moved(2 * h)) - total(moved(-2 * h)))) / (12 * h)
    })
    const analytic = tf.tidy(() => {
      const gradient = tf.grad((preActivations) =>
        tf.sum(
          lossFunctions[name](tf.tensor2d(targets, [1, targets.length]), {
            preActivations: preActivations as tf.Tensor2D,
            values: tf.sigmoid(preActivations as tf.Tensor2D),
          }),
        ),
      )
      return [...gradient(tf.tensor2d(logits, [1, logits.length])).dataSync()]
    })
    analytic.forEach((value, i) => {
      expect(value).toBeCloseTo(numeric[i] ?? Number.NaN, 3)
    })
    expect(tf.memory().numTensors).toBe(0)
  })
})
