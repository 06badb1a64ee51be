import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { CommonScale } from '../../src/metrics/CommonScale.js'
import { accuracy, linearProbe } from '../../src/metrics/linearProbe.js'
import { computePcaBaseline } from '../../src/pca/computePcaBaseline.js'
import { loadSmallDigits } from '../smallDigits.js'

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
    // scikit-learn 1.9.1: LogisticRegression(C=1 / (0.01 · 40), tol=1e-10, max_iter=1000) on (X − X.mean(0)) / √X.var(0).mean().
    expect(probe.testAccuracy).toBe(0.85)
    expect(accuracy(probe, { ...sets.train, features: new CommonScale(sets.train.features, width).apply(sets.train.features) })).toBe(0.95)
    expect(probe.loss).toBeCloseTo(0.2800403578635841, 6)
    const expected = [
      -0.1999355744332262, 0.9200906888915888, -0.7201551144583616, -1.4748922169581784, -0.45080870716373256, 1.9257009241219119,
    ]
    expected.forEach((weight, index) => {
      expect(probe.kernel[index]).toBeCloseTo(weight, 2)
    })
    // What is constant in training tells nothing, and its weights stay at zero.
    expect([...probe.kernel.slice(-3)]).toEqual([0, 0, 0])
    expect(tf.memory().numTensors).toBe(0)
  })

  it('tells as much from all principal components as from the values they are made of, and hardly less from most of them', async () => {
    const engine = await createEngine('onnx', { threads: 1 })
    const dataset = await loadSmallDigits(600, 400)
    const { principalComponents } = await computePcaBaseline({ dataset, threads: 1 })
    const size = principalComponents.size
    const examples = { train: takeExamples(dataset.train, 600), test: takeExamples(dataset.test, 400) }
    const probeOf = (width: number, featuresOf: (values: Float32Array) => Float32Array) => {
      const { train, test } = examples
      return linearProbe({
        engine,
        train: { ...train, features: featuresOf(train.features) },
        test: { ...test, features: featuresOf(test.features) },
        width,
        classCount: 10,
      })
    }
    const values = await probeOf(size, (features) => features)
    const { rank } = principalComponents
    // What never varies is a feature of the values too: one common spread counts it.
    const padded = (features: Float32Array) => {
      const codes = principalComponents.encode(features, rank)
      const rows = codes.length / rank
      return Float32Array.from({ length: rows * size }, (_, at) =>
        at % size < rank ? (codes[Math.floor(at / size) * rank + (at % size)] ?? 0) : 0,
      )
    }
    const all = await probeOf(size, padded)
    const most = await probeOf(100, (features) => principalComponents.encode(features, 100))
    expect(values.testAccuracy).toBeGreaterThan(0.75)
    expect(Math.abs(all.loss - values.loss)).toBeLessThan(1e-4)
    expect(Math.abs(all.testAccuracy - values.testAccuracy)).toBeLessThan(0.01)
    expect(most.testAccuracy).toBeGreaterThan(values.testAccuracy - 0.02)
  })
})

describe('CommonScale', () => {
  it('makes each mean 0 and the mean variance 1, and applies the same to others', () => {
    const scale = new CommonScale(Float32Array.of(1, 5, 1, 5, 3, 1, 3, 1), 2) // Variances 1 and 4.
    const root = Math.sqrt(2.5)
    const expected = [-1 / root, 2 / root, 2 / root, 6 / root]
    for (const [index, value] of scale.apply(Float32Array.of(1, 5, 4, 9)).entries()) expect(value).toBeCloseTo(expected[index] ?? 0, 6)
  })

  it('makes constant features 0', () => {
    expect([...new CommonScale(Float32Array.of(2, 3, 2, 3), 2).apply(Float32Array.of(2, 3))]).toEqual([0, 0])
  })
})
