import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { linearProbe } from '../../src/metrics/linearProbe.js'
import { Standardization } from '../../src/metrics/Standardization.js'

const width = 5
const labelOf = (row: number) => (row * 7) % 3

/** sin(1.1 i + 2.3 j² + 1) + 0.3 j, with 0.8 more where label + j divides by 3; the last feature is constant. */
function makeSet(begin: number, end: number) {
  const rows = Array.from({ length: end - begin }, (_, index) => begin + index)
  const features = rows.flatMap((i) => [
    ...[0, 1, 2, 3].map((j) => Math.sin(i * 1.1 + j * j * 2.3 + 1) + 0.3 * j + ((labelOf(i) + j) % 3 === 0 ? 0.8 : 0)),
    0.25,
  ])
  return { features: Float32Array.from(features), labels: Uint8Array.from(rows, labelOf) }
}

const sets = { train: makeSet(0, 40), test: makeSet(40, 60) }

describe('linearProbe', () => {
  it.each(['onnx', 'cpu'] as const)('finds the classifier that scikit-learn finds, on %s', async (name) => {
    const engine = await createEngine(name, { threads: 1 })
    const probe = await linearProbe({
      engine,
      ...sets,
      width,
      classCount: 3,
      regularization: 1e-2,
      gradientTolerance: 1e-6,
    })
    // scikit-learn 1.9.1: LogisticRegression(C=1 / (0.01 · 40), tol=1e-10, max_iter=1000) on StandardScaler's features.
    expect(probe.testAccuracy).toBe(0.85)
    expect(probe.trainAccuracy).toBe(0.925)
    expect(probe.loss).toBeCloseTo(0.3033360473101808, 6)
    const expected = [
      -0.07261742413694247, 0.8426646907403343, -0.7700472666033913, -1.45311374771175, -0.5701315172434523, 2.023245264955202,
    ]
    expected.forEach((weight, index) => {
      expect(probe.kernel[index]).toBeCloseTo(weight, 3)
    })
    // What is constant in training tells nothing, and its weights stay at zero.
    expect([...probe.kernel.slice(-3)]).toEqual([0, 0, 0])
    expect(tf.memory().numTensors).toBe(0)
  })
})

describe('Standardization', () => {
  it('makes mean 0 and standard deviation 1, and applies the same to others', () => {
    const standardization = new Standardization(Float32Array.of(1, 5, 3, 5), 2)
    expect([...standardization.apply(Float32Array.of(1, 5, 3, 5, 4, 9))]).toEqual([-1, 0, 1, 0, 2, 0])
  })
})
